import { changedOverview, type Filing, newFiling, noOverview } from "../../functions/filings/store.ts";
import type { Step } from "../../functions/write.ts";
import { policyOf } from "../../shared/areas/areas.ts";
import { addDays, ageOn, type Day } from "../../shared/day.ts";
import { proofByOf, prospectOf, wayOf } from "../../shared/filing/rules.ts";
import { commitment } from "../../shared/filing/words.ts";
import type { Happening } from "../../shared/outbox.ts";
import { type FilingKind, groupOf } from "../../shared/policy/remote.ts";
import { type Random, random } from "../../shared/random.ts";
import { Refusal } from "../../shared/refusal.ts";
import { firstBusinessDay, type Resident } from "./people.ts";

/** Where people of 烟台 are sent to; invented, as everything here. */
const places = ["110000", "110000", "310000", "370100", "370200", "370200", "210200", "320500", "440100", "360100"];

/** 演示备案 · one in eighty has filed for care away by commitment, or for a trip: the same law says whether they may, and until when. */
export function* filingItems(person: Resident, happenings: Happening[]): Generator<Record<string, unknown>> {
  const dice = random(`filing ${person.personNo}`);
  if (!dice.chance(1 / 80)) return;
  const on = addDays(firstBusinessDay, -dice.int(1, 120));
  const filing = filed(person, dice, on);
  if (!filing) return;
  yield itemOf(newFiling(filing));
  yield itemOf(changedOverview(person.personNo, noOverview, [filing], on));
  const group = groupOf(filing.kind) === "long-term" ? "longTerm" : "temporary";
  happenings.push({ kind: "filed", village: filing.village, destination: filing.destination, group });
}

const itemOf = ({ Put }: Step) => Put!.Item!;

const kindOf = (age: number, dice: Random): FilingKind => {
  if (dice.chance(0.3)) return "temporary";
  return age < 60 ? "working-elsewhere" : "living-elsewhere";
};

/** What somebody filed on a day, or null where the law says no. */
function filed(person: Resident, dice: Random, on: Day): Filing | null {
  const { personNo, name, poolingArea, village, coverBefore, employeeCovered, diedOn } = person;
  const kind = kindOf(ageOn(person.bornOn, on), dice);
  const asked = { kind, destination: dice.pick(places), from: on, replaces: null };
  const enrolments = coverBefore.map((one) => ({ ...one, waitingMonths: 0 }));
  const applicant = { homeCounty: village.slice(0, 6), covered: { enrolments, employeeCovered, diedOn } };
  try {
    const { until, rules, late } = prospectOf(asked, applicant, [], policyOf(poolingArea), on);
    const way = wayOf(kind, rules, { commitment: true, attachments: 0 });
    const promised = way === "on-commitment";
    const by = { hand: "self" as const, no: personNo, name: null };
    const at = Date.parse(`${on}T10:00:00+08:00`);
    const event = promised ? ("take-effect-on-commitment" as const) : ("take-effect" as const);
    return {
      filingNo: `${on.replaceAll("-", "")}DEMO${personNo.slice(-12)}`,
      personNo,
      filedBy: by,
      consent: null,
      ...asked,
      until,
      poolingArea,
      village,
      state: promised ? "awaiting-proof" : "in-force",
      filedOn: on,
      filedAt: at,
      dueOn: null,
      proofBy: promised ? proofByOf(kind, rules, on) : null,
      proofGiven: false,
      commitment: promised ? { version: commitment.version, signedName: name, on } : null,
      late,
      attachmentNos: [],
      mend: [],
      reason: "",
      replacedBy: null,
      referralNo: null,
      lapsesOn: null,
      history: [{ event, on, at, by, reason: "" }],
      version: 1,
    };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
