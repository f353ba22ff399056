import { policyOf } from "../../shared/areas/areas.ts";
import { addDays, type Day, yearOf } from "../../shared/day.ts";
import { type FilingEvent, filingStates, stateOn } from "../../shared/filing/filing.ts";
import { type Application, type Prospect, proofByOf, prospectOf, wayOf } from "../../shared/filing/rules.ts";
import { commitment as commitmentWords } from "../../shared/filing/words.ts";
import { after } from "../../shared/machine.ts";
import { normalName } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { attachmentsFor, usingSteps } from "../attachments/store.ts";
import { now, today } from "../clock.ts";
import type { Hand } from "../hand.ts";
import { newNo } from "../numbers.ts";
import { coveredOf, type Facts, factsOf } from "../people/facts.ts";
import { answeredBefore, answeredOnce, type NumberedRequest } from "../request.ts";
import { decideAndWrite, type Step } from "../write.ts";
import { keptDays, moved, stateRefusal, toldOf } from "./moves.ts";
import {
  briefOf,
  changedFiling,
  changedOverview,
  draftOf,
  type Filing,
  filingOf,
  newFiling,
  type Overview,
  overviewOf,
} from "./store.ts";

/** 申请 · what is filed, by whom, for whom; the request is answered once. */
interface Asked extends Application {
  readonly requestNo: string;
  readonly personNo: string;
  readonly by: Hand;
  /** How the person agreed, where somebody else files. */
  readonly consent: Filing["consent"];
}

/** What stands behind an application. */
interface Evidence {
  readonly attachmentNos: readonly string[];
  readonly commitment: { readonly version: string; readonly signedName: string } | null;
}

/** Facts of a person for a filing that begins on a day: cover of this year and of that one. */
const personFor = (personNo: string, from: Day): Promise<Facts> => factsOf(personNo, [yearOf(today()), yearOf(from)]);

/** What an application would come to for a person today, or a refusal. */
function prospect(asked: Application, facts: Facts, { briefs }: Overview): Prospect {
  const { poolingArea, village } = facts.profile;
  const applicant = { homeCounty: village.slice(0, 6), covered: coveredOf(facts) };
  return prospectOf(asked, applicant, briefs, policyOf(poolingArea), today());
}

const asRequest = ({ requestNo, personNo, by, kind, destination, from, replaces }: Asked): NumberedRequest => ({
  of: "FILING",
  askedBy: by.no,
  requestNo,
  body: [personNo, kind, destination, from, replaces],
});
const foundFor =
  ({ personNo }: Asked) =>
  (filingNo: string) =>
    filingOf(personNo, filingNo);

/** The filing that a request made before, or null; the same request number with another body is refused. */
export const requested = (asked: Asked): Promise<Filing | null> => answeredBefore(asRequest(asked), foundFor(asked));

function drafted(asked: Asked, { profile }: Facts, { until, late }: Prospect): Filing {
  const on = today();
  return draftOf({
    filingNo: newNo(on),
    personNo: asked.personNo,
    filedBy: asked.by,
    consent: asked.consent,
    kind: asked.kind,
    destination: asked.destination,
    from: asked.from,
    until,
    late,
    poolingArea: profile.poolingArea,
    village: profile.village,
    reason: "",
    replaces: asked.replaces,
    referralNo: null,
    lapsesOn: addDays(on, keptDays),
  });
}

/** 填写 · a draft, once for a request; it is refused now if it would be refused when it is submitted. */
export const draft = (asked: Asked): Promise<Filing> =>
  answeredOnce(asRequest(asked), {
    found: foundFor(asked),
    make: async () => {
      const [facts, overview] = await Promise.all([personFor(asked.personNo, asked.from), overviewOf(asked.personNo)]);
      const filing = drafted(asked, facts, prospect(asked, facts, overview));
      return { no: filing.filingNo, answer: filing, steps: [newFiling(filing)] };
    },
  });

/** 修改 · other answers in a draft, or in one that was returned. */
export const rewrite = (
  personNo: string,
  filingNo: string,
  asked: Application & { readonly version: number },
): Promise<Filing> =>
  decideAndWrite(async () => {
    const filing = await filingOf(personNo, filingNo);
    const { kind, destination, from, replaces, version } = asked;
    if (filing.version === version + 1 && isSame(filing, asked)) return { answer: filing, steps: [] };
    mustBeOpen(filing);
    if (filing.version !== version) throw new Refusal("try-again");
    const [facts, overview] = await Promise.all([personFor(personNo, from), overviewOf(personNo)]);
    const { until, late } = prospect(asked, facts, without(overview, filingNo));
    const changed: Filing = { ...filing, kind, destination, from, replaces, until, late, version: version + 1 };
    const steps = [changedFiling(filing, changed)];
    // One that was returned stands in the overview, as it now is.
    if (filing.state === "returned") steps.push(changedOverview(personNo, overview, [changed], today()));
    return { answer: changed, steps };
  });

/** Throws unless a filing can still be changed and submitted: a draft, or one that was returned, that has not lapsed. */
function mustBeOpen(filing: Filing): void {
  const state = stateOn(briefOf(filing), today());
  if (state !== "draft" && state !== "returned") throw stateRefusal({ ...filing, state });
}

const isSame = (filing: Filing, { kind, destination, from, replaces }: Application) =>
  filing.kind === kind && filing.destination === destination && filing.from === from && filing.replaces === replaces;

const without = ({ briefs, version }: Overview, filingNo: string): Overview => ({
  briefs: briefs.filter((one) => one.filingNo !== filingNo),
  version,
});

/**
 * 提交 · by rule at once where the law lets it, by commitment, or to an officer. The same by the same hand again is answered
 * and changes nothing. `name` is that of whoever signs.
 */
export const submit = (
  personNo: string,
  filingNo: string,
  { attachmentNos, commitment, version }: Evidence & { readonly version: number },
  { by, name }: { readonly by: Hand; readonly name: string },
): Promise<Filing> =>
  decideAndWrite(async () => {
    const filing = await filingOf(personNo, filingNo);
    const last = filing.history.at(-1);
    if (last && submissions.includes(last.event) && last.by.no === by.no && filing.version === version + 1)
      return { answer: filing, steps: [] };
    mustBeOpen(filing);
    if (filing.version !== version) throw new Refusal("try-again");
    const [facts, overview] = await Promise.all([personFor(personNo, filing.from), overviewOf(personNo)]);
    const given = { attachmentNos, commitment };
    return submitted(filing, given, { by, name }, facts, overview);
  });

const submissions: readonly FilingEvent[] = ["take-effect", "take-effect-on-commitment", "submit"];

/**
 * 代办 · drafted and submitted in one, as an agent does it; what an agent filed before and an officer returned gives way to it.
 * `also`: what is used up with it, looked at last.
 */
export const file = (
  asked: Asked,
  given: Evidence,
  name: string,
  also: (filingNo: string) => Promise<readonly Step[]>,
): Promise<Filing> =>
  answeredOnce(asRequest(asked), {
    found: foundFor(asked),
    make: async () => {
      const [facts, stored] = await Promise.all([personFor(asked.personNo, asked.from), overviewOf(asked.personNo)]);
      const returned = await returnedToAgents(asked.personNo, stored);
      const overview = returned.reduce((left, { filingNo }) => without(left, filingNo), stored);
      const filing = drafted(asked, facts, prospect(asked, facts, overview));
      const { answer, steps } = await submitted(filing, given, { by: asked.by, name }, facts, overview);
      // The draft itself is never written: its first version is what became of it.
      const [, ...rest] = steps;
      const givingWay = returned.map((one) => changedFiling(one, givenUp(one, asked.by)));
      const used = await also(filing.filingNo);
      return { no: filing.filingNo, answer, steps: [newFiling(answer), ...rest, ...givingWay, ...used] };
    },
  });

/** What agents filed for a person and an officer returned: nobody mends it but by filing anew. */
async function returnedToAgents(personNo: string, { briefs }: Overview): Promise<Filing[]> {
  const returned = briefs.filter(({ state }) => state === "returned");
  const filings = await Promise.all(returned.map(({ filingNo }) => filingOf(personNo, filingNo)));
  return filings.filter(({ filedBy }) => filedBy.hand === "agent");
}

const givenUp = (filing: Filing, by: Hand): Filing => ({
  ...filing,
  state: "ended",
  lapsesOn: null,
  version: filing.version + 1,
  history: [...filing.history, { event: "withdraw", on: today(), at: now(), by, reason: "" }],
});

async function submitted(
  filing: Filing,
  { attachmentNos, commitment }: Evidence,
  { by, name }: { readonly by: Hand; readonly name: string },
  facts: Facts,
  overview: Overview,
) {
  const on = today();
  const others = without(overview, filing.filingNo);
  const { until, rules, late } = prospect(filing, facts, others);
  const way = wayOf(filing.kind, rules, { commitment: commitment !== null, attachments: attachmentNos.length });
  const promised = way === "officer" ? null : commitment;
  if (promised && normalName(promised.signedName) !== normalName(name)) throw new Refusal("filing-signature");
  if (promised && promised.version !== commitmentWords.version) throw new Refusal("try-again");
  const event = { "at-once": "take-effect", "on-commitment": "take-effect-on-commitment", officer: "submit" } as const;
  const state = after(filingStates, filing.state, event[way]);
  if (state === null) throw stateRefusal(filing);
  const papers = await attachmentsFor(filing.personNo, attachmentNos, "filing-paper", filing.filingNo);
  const next: Filing = {
    ...filing,
    state,
    until,
    late,
    mend: [],
    lapsesOn: null,
    attachmentNos: [...attachmentNos],
    dueOn: way === "officer" ? addDays(on, rules.decidedWithinDays.value) : null,
    commitment: promised && { ...promised, on },
    proofBy: way === "on-commitment" ? proofByOf(filing.kind, rules, on) : null,
    history: [...filing.history, { event: event[way], on, at: now(), by, reason: "" }],
    version: filing.version + 1,
  };
  const steps = await moved(filing, next, overview, toldOf[state]);
  return { answer: next, steps: [...steps, ...usingSteps(papers, next.filingNo)] };
}
