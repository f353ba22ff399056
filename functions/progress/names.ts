import { endpoints } from "../../shared/api/progress.ts";
import { policyOf } from "../../shared/areas/areas.ts";
import { type Quote, quote } from "../../shared/contribution/quote.ts";
import { ageOn } from "../../shared/day.ts";
import { levelOf } from "../../shared/org.ts";
import { identitiesOn, identityNames } from "../../shared/policy/identity.ts";
import { inForce } from "../../shared/policy/series.ts";
import { NoRuleInForce, Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import { mustBeWithin } from "../callers/officers.ts";
import { pathOf, unitOf, unitReply } from "../callers/units.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { insured } from "../people/page.ts";
import { identityNumberShown, telephoneShown } from "../people/reply.ts";
import { villagers } from "./store.ts";

/** GET /progress/{unit}/names · 村里的名单: who stands behind a village's figure, and how to reach them. */
export const handler = http(endpoints["progress.names"], async ({ officer, params, query: { year } }) => {
  mustBeWithin(officer, params.unit);
  if (levelOf(params.unit) !== "village") throw new Refusal("malformed", { detail: "名单按村查看" });
  const [unit, path, people] = await Promise.all([
    unitOf(params.unit),
    pathOf(params.unit),
    villagers(params.unit, year),
  ]);
  await recordAccess(officer, { village: params.unit }, { call: "progress.names", people: people.length });
  return {
    unit: unitReply(unit),
    path: path.map(unitReply),
    people: await Promise.all(
      people.filter(({ profile }) => profile.diedOn === null).map((one) => villager(one, year)),
    ),
  };
});

async function villager({ profile, enrolments, visit }: Awaited<ReturnType<typeof villagers>>[number], year: number) {
  const enrolment = enrolments.find((one) => one.benefitYear === year);
  const person = insured({ profile, enrolments });
  const lastCovered = Math.max(...person.coveredYears.filter((one) => one < year));
  const policy = policyOf(profile.poolingArea);
  const timing = inForce("identityTiming", policy.identityTiming, today());
  const owed =
    enrolment || profile.employeeCovered
      ? null
      : tryQuote(() => quote({ benefitYear: year, on: today(), tier: 1, person }, policy));
  const status = enrolment
    ? ("enrolled" as const)
    : profile.employeeCovered
      ? ("employee" as const)
      : owed && owed.cover.variableMonths > 0
        ? ("lapsed" as const)
        : ("not-yet" as const);
  return {
    personNo: profile.personNo,
    name: profile.name,
    identityNumber: await identityNumberShown(profile),
    age: ageOn(profile.bornOn, today()),
    household: profile.household,
    head: profile.head,
    telephone: await telephoneShown(profile),
    identities: identitiesOn(profile.identities, today(), timing.value).map((kind) => identityNames[kind]),
    status,
    lastCovered: Number.isFinite(lastCovered) ? lastCovered : null,
    due: owed?.due ?? null,
    coverFrom: enrolment?.coverFrom ?? owed?.cover.from ?? null,
    visit: visit && { on: visit.on, outcome: visit.outcome, note: visit.note, by: visit.by },
  };
}

/** What would be owed today, or nothing where nothing can be paid today. */
function tryQuote(ask: () => Quote): Quote | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Refusal || error instanceof NoRuleInForce) return null;
    throw error;
  }
}
