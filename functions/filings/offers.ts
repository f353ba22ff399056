import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { policyOf } from "../../shared/areas/areas.ts";
import { careCover } from "../../shared/care/cover.ts";
import { freshPersonYear } from "../../shared/care/year.ts";
import { addDays } from "../../shared/day.ts";
import { type ExampleCase, exampleOf } from "../../shared/filing/example.ts";
import { destinationOf } from "../../shared/filing/places.ts";
import { placeTo } from "../../shared/filing/rules.ts";
import { commitment, filingWords, ruleRows } from "../../shared/filing/words.ts";
import { minus, text, type Yuan } from "../../shared/money.ts";
import { filingKindNames, filingKinds, groupOf, remoteOn } from "../../shared/policy/remote.ts";
import type { Level } from "../../shared/policy/table.ts";
import { Refusal } from "../../shared/refusal.ts";
import { spoken } from "../../shared/settlement/reading.ts";
import { paysOf } from "../claims/reply.ts";
import { today } from "../clock.ts";
import { coveredOf, type Facts, personOf, personYearOn } from "../people/facts.ts";
import { asksOf } from "./reply.ts";

type Options = Answer<Endpoints["filings.options"]>;
type Example = Answer<Endpoints["filings.example"]>;

/** 能怎么备案 · what somebody can file for today by the rules of their area, and on what they rest. */
export function optionsFor(facts: Facts): Options {
  const on = today();
  const { name, poolingArea } = facts.profile;
  const policy = policyOf(poolingArea);
  const rules = remoteOn(policy, on);
  const cover = careCover(coveredOf(facts), on);
  if (cover.state === "died") throw new Refusal("deceased");
  const rows = filingKindNames.flatMap((kind) => ruleRows(rules, kind));
  const late = rules.lateBeforeDischarge.value ? rules.backwardsDays.value : 0;
  return {
    name,
    home: { area: poolingArea, name: policy.name },
    cover,
    kinds: filingKindNames.map((kind) => {
      const ofKind = rules.kinds[kind];
      const months = ofKind.months.value;
      return {
        kind,
        name: filingKinds[kind].name,
        who: filingKinds[kind].who,
        group: groupOf(kind),
        ...asksOf(ofKind),
        months: months === "open" ? null : months,
      };
    }),
    exempt: [...rules.exempt.value],
    earliest: addDays(on, -late),
    latest: addDays(on, rules.aheadDays.value),
    decidedWithinDays: rules.decidedWithinDays.value,
    // What every kind has alike is told once.
    rules: rows.filter((row, i) => rows.findIndex((one) => one.name === row.name) === i),
    commitment: { version: commitment.version, sentences: [...commitment.sentences] },
  };
}

/** 备案前后对比 · a stay at the destination today under every filing, with what the person's year has seen so far. */
export function exampleFor(facts: Facts, asked: { destination: string; level: Level; total: Yuan }): Example {
  const on = today();
  destinationOf(asked.destination);
  const { year } = personYearOn(facts, on) ?? freshPersonYear;
  const bill = { total: asked.total, level: asked.level, county: asked.destination, on };
  const cases = exampleOf(personOf(facts.profile), year, bill, policyOf(facts.profile.poolingArea));
  const rules = remoteOn(policyOf(facts.profile.poolingArea), on);
  const place = placeTo(facts.profile.village.slice(0, 6), asked.destination);
  const same = cases.every(({ settlement }) => settlement.patientTotal === cases[0]!.settlement.patientTotal);
  return {
    cases: cases.map(({ filing, settlement, clauses }) => ({
      filing,
      name: filingWords[filing],
      total: settlement.total,
      upfront: settlement.upfront,
      deductiblePaid: settlement.deductiblePaid,
      fundsTotal: settlement.fundsTotal,
      patientTotal: settlement.patientTotal,
      pays: paysOf([{ ...settlement, otherLayers: [...settlement.otherLayers] }]),
      assumed: settlement.assumed,
      clauses: [...clauses],
    })),
    same,
    sentences: sentencesOf(cases, asked.total, { same, exempt: rules.exempt.value.includes(place) }),
  };
}

/** What the comparison comes to, in words. */
function sentencesOf(
  cases: readonly ExampleCase[],
  total: Yuan,
  { same, exempt }: { same: boolean; exempt: boolean },
): string[] {
  const [none, ...filed] = cases;
  const own = none!.settlement.patientTotal;
  const bill = `假如在那里住院花了${spoken(text(total))}，都在医保目录内，今天出院结算：`;
  if (exempt) return [bill, `在那里看病不用备案，您自己付${spoken(text(own))}。`];
  if (same) return [bill, `您参保的地方没有规定备案前后报销不一样，都是自己付${spoken(text(own))}。`];
  return [
    bill,
    `不备案，您自己付${spoken(text(own))}。`,
    ...filed.map(({ filing, settlement: { patientTotal } }) => {
      const pays = `${filingWords[filing]}，您自己付${spoken(text(patientTotal))}`;
      if (patientTotal === own) return `${pays}，和不备案一样。`;
      const [word, less, more] = patientTotal < own ? ["少付", patientTotal, own] : ["多付", own, patientTotal];
      return `${pays}，${word}${spoken(text(minus(more as Yuan, less as Yuan)))}。`;
    }),
  ];
}
