import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db, index } from "../../functions/db.ts";
import { handler as expireFilings } from "../../functions/filings/expire.ts";
import { briefOf, endsAfter, Filing, filingsOf, Overview, waitsFor } from "../../functions/filings/store.ts";
import { key, partition, shards } from "../../functions/key.ts";
import { type Resident, wholeYear } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { addDays, type Day, day } from "../../shared/day.ts";
import { type FilingState, filingStates, isInForce, lastDay } from "../../shared/filing/filing.ts";
import { touches } from "../../shared/filing/rules.ts";
import { after } from "../../shared/machine.ts";
import { groupOf } from "../../shared/policy/remote.ts";
import {
  beijing,
  chen,
  decide,
  draft,
  liu,
  nanchang,
  nothing,
  opensFilings,
  promise,
  proven,
  shanghai,
  southerner,
  submit,
  withPaper,
  yantai,
} from "../api/filing-steps.ts";
import { made } from "../world/opening.ts";
import { runs } from "../world/size.ts";
import { refusal } from "../world/world.ts";

opensFilings();

/** One thing that somebody tries; what is not allowed is refused and changes nothing. */
interface Try {
  readonly what:
    | "draft"
    | "submit"
    | "rewrite"
    | "end"
    | "supply"
    | "approve"
    | "return"
    | "refuse"
    | "revoke"
    | "expire";
  readonly kind: "working-elsewhere" | "living-elsewhere" | "referral" | "temporary";
  readonly place: string;
  readonly which: number;
  readonly officer: number;
  readonly promised: boolean;
  readonly begins: number;
  readonly replace: boolean;
}
const tries: fc.Arbitrary<Try> = fc.record({
  what: fc.constantFrom(
    ...(["draft", "draft", "submit", "submit", "submit", "rewrite", "end", "supply", "approve", "approve"] as const),
    ...(["return", "refuse", "revoke", "expire"] as const),
  ),
  kind: fc.constantFrom("working-elsewhere", "living-elsewhere", "referral", "temporary"),
  place: fc.constantFrom(yantai, shanghai, beijing),
  which: fc.nat(30),
  officer: fc.nat(1),
  promised: fc.boolean(),
  begins: fc.constantFrom(0, 0, 0, -40, 20),
  replace: fc.boolean(),
});
/** Some of them at once, and how many days go by before them. */
const rounds = fc.array(
  fc.record({
    days: fc.constantFrom(0, 0, 0, 0, 1, 1, 20, 200),
    together: fc.array(tries, { minLength: 1, maxLength: 3 }),
  }),
  { minLength: 6, maxLength: 16 },
);

/** In which states something can be tried with success. */
const suits: Readonly<Record<Try["what"], readonly FilingState[]>> = {
  draft: [],
  submit: ["draft", "returned"],
  rewrite: ["draft", "returned"],
  end: ["draft", "returned", "in-force", "awaiting-proof"],
  supply: ["awaiting-proof"],
  approve: ["submitted", "awaiting-proof"],
  return: ["submitted", "awaiting-proof"],
  refuse: ["submitted"],
  revoke: ["in-force", "awaiting-proof"],
  expire: [],
};

async function tried(person: Resident, call: Call, on: Day, one: Try): Promise<void> {
  if (one.what === "expire") return void (await expireFilings());
  const stored = await filingsOf(person.personNo);
  const apt = stored.filter(({ state }) => suits[one.what].includes(state));
  // Mostly what can be done; now and then what cannot.
  const among = apt.length > 0 && one.which % 7 > 0 ? apt : stored;
  const chosen = among[one.which % Math.max(1, among.length)];
  // For a stay that goes on, from today on, or ahead.
  const wish = { kind: one.kind, destination: one.place, from: addDays(on, one.begins) };
  if (one.what === "draft" || !chosen) {
    const old = one.replace
      ? stored.find((each) => isInForce(each.state) && groupOf(each.kind) === "long-term")
      : undefined;
    return void (await draft(call, { ...wish, replaces: old?.filingNo ?? null }));
  }
  const { filingNo, personNo, version } = chosen;
  const params = { filingNo };
  switch (one.what) {
    case "submit": {
      const evidence = one.kind === "temporary" ? nothing : one.promised ? promise(person.name) : await withPaper(call);
      return void (await submit(call, chosen as never, evidence));
    }
    case "rewrite":
      return void (await call("filings.rewrite", { params, query: {}, body: { ...wish, replaces: null, version } }));
    case "end":
      return void (await call("filings.end", { params, query: {} }));
    case "supply": {
      const { attachmentNos } = await withPaper(call);
      return void (await call("filings.supply", { params, query: {}, body: { attachmentNos } }));
    }
    case "return":
      return void (await decide(
        [chen, liu][one.officer]!,
        { personNo } as Resident,
        chosen,
        { what: "return", mend: ["看不清"] },
        version,
      ));
    case "approve":
      return void (await decide(
        [chen, liu][one.officer]!,
        { personNo } as Resident,
        chosen,
        { what: "approve" },
        version,
      ));
    default:
      return void (await decide(
        [chen, liu][one.officer]!,
        { personNo } as Resident,
        chosen,
        { what: one.what, reason: "不符合规定" },
        version,
      ));
  }
}

/** What is wrong with what was really written for a person; empty where the table of states and the rules hold. */
async function faults(personNo: string, on: Day): Promise<string[]> {
  const wrong: string[] = [];
  const stored = await filingsOf(personNo);
  for (const { filingNo, history, state } of stored) {
    let at: FilingState | null = "draft";
    for (const { event } of history) {
      at = at && after(filingStates, at, event);
    }
    if (at !== state) wrong.push(`${filingNo} is ${state}, and its history leads to ${at}`);
  }
  const standing = stored.map(briefOf);
  const long = standing.filter(({ state, kind }) => isInForce(state) && groupOf(kind) === "long-term");
  for (const one of long)
    for (const other of long)
      if (one.filingNo < other.filingNo && touches(one, { from: other.from, until: lastDay(other) }))
        wrong.push(`two long-term filings stand at once: ${one.filingNo} and ${other.filingNo}`);
  const { Item } = await db.send(
    new GetCommand({ TableName: config.mainTable(), Key: key.filings(personNo), ConsistentRead: true }),
  );
  const overview = Item ? Overview.parse(Item).briefs : [];
  for (const one of standing.filter(({ state }) => isInForce(state) || state === "submitted" || state === "returned")) {
    const told = overview.find(({ filingNo }) => filingNo === one.filingNo);
    if (JSON.stringify(told) !== JSON.stringify(one)) wrong.push(`${one.filingNo} stands otherwise in the overview`);
  }
  for (const { filingNo, state } of overview)
    if (state === "draft" || state === "refused") wrong.push(`${filingNo} is ${state} and stands in the overview`);
  for (const one of stored) {
    const places = waiting.get(one.filingNo) ?? [];
    const expected = waitsFor(one) ? ["officer"] : endsAfter(one) ? ["clock"] : [];
    if (JSON.stringify(places) !== JSON.stringify(expected))
      wrong.push(`${one.filingNo} (${one.state}) waits for ${places} on ${on}`);
  }
  return wrong;
}

/** Which filing lies in which worklist. */
const waiting = new Map<string, string[]>();
async function readWorklists(): Promise<void> {
  waiting.clear();
  const lists = [
    [partition.open("FILINGS", nanchang), "officer"],
    ...Array.from({ length: shards }, (_, i) => [partition.endingFilings(i), "clock"]),
  ];
  for (const [pk, name] of lists) {
    const { Items = [] } = await db.send(
      new QueryCommand({
        TableName: config.mainTable(),
        IndexName: index,
        KeyConditionExpression: "gsi1pk = :pk",
        ExpressionAttributeValues: { ":pk": pk },
      }),
    );
    for (const { filingNo } of Items.map((item) => Filing.parse(item)))
      waiting.set(filingNo, [...(waiting.get(filingNo) ?? []), name!]);
  }
}

const cover = [2025, 2026, 2027, 2028, 2029, 2030, 2031, 2032].map(wholeYear);

test("officers, residents and expiries at once: nothing outside the state table is ever written, and no two long-term filings stand", async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (some) => {
      let on = day("2025-11-20");
      made.turn(on);
      const person = await southerner(made, { coverBefore: cover });
      const call = await proven(made, person);
      for (const { days, together } of some) {
        on = addDays(on, days);
        made.turn(on);
        await Promise.all(together.map((one) => refusal(tried(person, call, on, one))));
        await readWorklists();
        expect(await faults(person.personNo, on)).toEqual([]);
      }
    }),
    { numRuns: runs(16, 3), seed: 20251120, endOnFailure: true },
  );
});
