import { expect, test } from "vitest";
import { handler as expireFilings } from "../../functions/filings/expire.ts";
import { filingOf } from "../../functions/filings/store.ts";
import { type Resident, wholeYear } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import { type FilingEvent, type FilingState, filingStates } from "../../shared/filing/filing.ts";
import { after } from "../../shared/machine.ts";
import {
  beijing,
  chen,
  decide,
  draft,
  end,
  file,
  look,
  nothing,
  opensFilings,
  promise,
  shanghai,
  someone,
  submit,
  type Told,
  withPaper,
} from "../api/filing-steps.ts";
import { made, today } from "../world/opening.ts";

opensFilings();

/** The day on which a long-term filing of today is free to be changed. */
const unlocked = "2026-05-20";

interface Who {
  readonly person: Resident;
  readonly call: Call;
}
const trip = { kind: "temporary" } as const;
const onTrip = ({ call }: Who) => file(call, trip, nothing);
const promised = ({ call, person }: Who) => file(call, {}, promise(person.name));
const referred = async ({ call }: Who) => file(call, { kind: "referral" }, await withPaper(call));
const decided = async (who: Who, filing: Told, said: Parameters<typeof decide>[3]) => {
  await decide(chen, who.person, filing, said);
  return look(who.call, filing);
};
const mend: Parameters<typeof decide>[3] = { what: "return", mend: ["看不清"] };
const reason = "不符合规定";
const returned = async (who: Who) => decided(who, await referred(who), mend);
/** The same filing with other answers. */
const rewritten = async ({ call }: Who, { filingNo, version }: Told, kind: Told["kind"]) =>
  call("filings.rewrite", {
    params: { filingNo },
    query: {},
    body: { kind, destination: beijing, from: day(today), replaces: null, version },
  });
const supplied = async ({ call }: Who, filing: Told) => {
  const { attachmentNos } = await withPaper(call);
  return call("filings.supply", { params: { filingNo: filing.filingNo }, query: {}, body: { attachmentNos } });
};
const proved = async (who: Who) => decided(who, await supplied(who, await promised(who)), { what: "approve" });
const over = async ({ call }: Who, filing: Told, on: string) => {
  made.turn(on);
  await expireFilings();
  return look(call, filing);
};
/** Another long-term filing in the place of one, which is then looked at. */
const changed = async ({ call, person }: Who, old: Told) => {
  made.turn(unlocked);
  const wish = { kind: "living-elsewhere", destination: shanghai, from: unlocked, replaces: old.filingNo } as const;
  await submit(call, await draft(call, wish), promise(person.name));
  return look(call, old);
};
const ended = async ({ call }: Who, filing: Told) => {
  made.turn(unlocked);
  return end(call, filing);
};

/** One way to each transition, by the hands that have it. */
const ways: Readonly<Record<string, (who: Who) => Promise<Told>>> = {
  "draft take-effect": onTrip,
  "draft take-effect-on-commitment": promised,
  "draft submit": referred,
  "draft withdraw": async ({ call }) => end(call, await draft(call)),
  "draft expire": async (who) => over(who, await draft(who.call), "2025-12-21"),
  "submitted approve": async (who) => decided(who, await referred(who), { what: "approve" }),
  "submitted return": returned,
  "submitted refuse": async (who) => decided(who, await referred(who), { what: "refuse", reason }),
  "submitted withdraw": async (who) => end(who.call, await referred(who)),
  "returned take-effect": async (who) =>
    submit(who.call, await rewritten(who, await returned(who), "temporary"), nothing),
  "returned take-effect-on-commitment": async (who) =>
    submit(who.call, await rewritten(who, await returned(who), "living-elsewhere"), promise(who.person.name)),
  "returned submit": async (who) => submit(who.call, await returned(who), await withPaper(who.call)),
  "returned withdraw": async (who) => end(who.call, await returned(who)),
  "returned expire": async (who) => over(who, await returned(who), "2025-12-21"),
  "awaiting-proof supply": async (who) => supplied(who, await promised(who)),
  "awaiting-proof return-proof": async (who) => decided(who, await supplied(who, await promised(who)), mend),
  "awaiting-proof accept-proof": proved,
  // A paper that waits to be looked at keeps its filing past the lock.
  "awaiting-proof change": async (who) => changed(who, await supplied(who, await promised(who))),
  "awaiting-proof end": async (who) => ended(who, await supplied(who, await promised(who))),
  "awaiting-proof revoke": async (who) => decided(who, await promised(who), { what: "revoke", reason }),
  "awaiting-proof expire": async (who) => over(who, await promised(who), unlocked),
  "in-force change": async (who) => changed(who, await proved(who)),
  "in-force end": async (who) => ended(who, await proved(who)),
  "in-force revoke": async (who) => decided(who, await proved(who), { what: "revoke", reason }),
  "in-force expire": async (who) => over(who, await onTrip(who), unlocked),
};

test.each(Object.entries(ways))("%s", async (transition, way) => {
  const [state, event] = transition.split(" ") as [FilingState, FilingEvent];
  const who = await someone({ coverBefore: [2025, 2026].map(wholeYear) });
  const { person } = who;
  const { filingNo } = await way(who);
  const filing = await filingOf(person.personNo, filingNo);
  const expected = after(filingStates, state, event);
  expect([filing.state, filing.history.at(-1)?.event]).toEqual([expected, event]);
  const before = filing.history
    .slice(0, -1)
    .reduce<FilingState>((at, one) => after(filingStates, at, one.event)!, "draft");
  expect(before).toBe(state);
});

test("every transition of the table has its way, and no other", () => {
  const every = (Object.keys(filingStates) as FilingState[]).flatMap((state) =>
    Object.keys(filingStates[state].on).map((event) => `${state} ${event}`),
  );
  expect(Object.keys(ways).sort()).toEqual(every.sort());
});
