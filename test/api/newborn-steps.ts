import { QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { partition, shards } from "../../functions/key.ts";
import { entriesBetween } from "../../functions/ledger/store.ts";
import { foldOnce, Outbox } from "../../functions/outbox.ts";
import { identityNumberPlace } from "../../functions/people/profile.ts";
import { identityNumberOf, type Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import type { Answered } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { day } from "../../shared/day.ts";
import { type Account, type Entry, trialBalance } from "../../shared/ledger/entry.ts";
import { text, type Yuan } from "../../shared/money.ts";
import { made } from "../world/opening.ts";

let serial = 0;
export const next = () => String(++serial).padStart(6, "0");
const certificateNo = () => `Y370${next()}`;
export const bornOn = day("2025-11-02");

/** A parent, signed in and proven. */
export const parent = (facts?: Partial<Resident>) => made.proven(facts);

export const child = (birthCertificate = certificateNo()) => ({
  requestNo: `newborn-${next()}`,
  name: "于子轩",
  sex: "male" as const,
  bornOn,
  birthCertificate,
  commitment: true,
});
export const numberOf = (sex: "male" | "female" = "male", on = bornOn) => identityNumberOf(on, sex, ++serial);

type Told = Answered<Endpoints["family.newborn"]>;

/** An officer who has seen the birth certificate says that there is this newborn, or that there is not. */
export async function reviewed(tieNo: string, agree = true): Promise<void> {
  const officer = await made.officer("newborn-desk", "370600", ["counter"]);
  const body = { agree, reason: agree ? "看过出生医学证明原件" : "查无此证，不是真的" };
  await officer("family-agency.review", { params: { tieNo }, body });
}

/** A newborn whom a parent wrote down and an officer confirmed. */
export async function registered(call: Call, body: ReturnType<typeof child>): Promise<Told> {
  const { tieNo } = await call("family.newborn", { body });
  await reviewed(tieNo);
  return call("family.newborn", { body });
}

/** Pays for a member's year; the price is the law's. */
export async function pay(call: Call, tieNo: string, benefitYear: number): Promise<string> {
  const { orderNo, total } = await order(call, tieNo, benefitYear);
  if (total !== "0.00") await made.tell(made.notice(orderNo, total));
  return orderNo;
}

export async function order(call: Call, tieNo: string, benefitYear: number) {
  const line = { whom: { who: "member" as const, tieNo }, benefitYear };
  const { choices } = await call("contributions.owed", { body: line });
  const expected = choices[0]!.total;
  return call("contributions.order", { body: { requestNo: `order-${next()}`, lines: [line], expected } });
}

/** Pays for somebody whose name and number the payer knows. */
export async function payFor(call: Call, person: Resident, benefitYear: number): Promise<string> {
  const { name, identityNumber } = person;
  const line = { whom: { who: "other" as const, name, identityNumber }, benefitYear };
  const { choices } = await call("contributions.owed", { body: line });
  const expected = choices[0]!.total;
  const { orderNo } = await call("contributions.order", {
    body: { requestNo: `order-${next()}`, lines: [line], expected },
  });
  if (expected !== "0.00") await made.tell(made.notice(orderNo, expected));
  return orderNo;
}

/** The child of a household as the police's list brings it: a person of the register with a number of its own. */
export const listedChild = ({ household, village }: Resident, facts: Partial<Resident> = {}): Promise<Resident> =>
  made.enlist({ name: "于子轩", sex: "male", bornOn, household, village, head: false, coverBefore: [], ...facts });

export const yearsOf = (items: Record<string, unknown>[]) => items.map((item) => item.benefitYear).sort();

export async function scan(filter: string, values: Record<string, unknown>): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await db.send(
      new ScanCommand({
        TableName: config.mainTable(),
        FilterExpression: filter,
        ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
        ExclusiveStartKey: start,
        ConsistentRead: true,
      }),
    );
    found.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return found;
}

/** The people of the register under a birth certificate's number. */
export const childrenOf = async (certificate: string) =>
  (await scan("attribute_exists(identityNumberSealed)", {})).filter(
    ({ personNo, identityNumberSealed }) =>
      made.sealer.unseal(String(identityNumberSealed), identityNumberPlace(String(personNo))) === certificate,
  );
export const enrolments = ({ personNo }: Pick<Resident, "personNo">) =>
  scan("personNo = :person AND begins_with(sk, :kind)", { ":person": personNo, ":kind": "ENROLMENT#" });
export const enrolmentsOf = async (certificate: string) =>
  (
    await Promise.all((await childrenOf(certificate)).map((item) => enrolments({ personNo: String(item.personNo) })))
  ).flat();

/** Folds all that waits in the outbox. */
export async function fold(): Promise<void> {
  const pages = await Promise.all(
    Array.from({ length: shards }, (_, shard) =>
      db.send(
        new QueryCommand({
          TableName: config.mainTable(),
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": partition.outbox(shard) },
        }),
      ),
    ),
  );
  await foldOnce(pages.flatMap(({ Items = [] }) => Items.map((item) => Outbox.parse(item))));
}

/** What the entries of some orders say, and nothing else. */
export async function moneyOf(orderNos: readonly string[]) {
  const entries: Entry[] = [];
  for await (const entry of entriesBetween("370600", day("2025-11-20"), day("2025-11-25"))) {
    if (orderNos.includes(entry.reference)) entries.push(entry);
  }
  const balances = trialBalance(entries);
  const of = (account: Account, side: 1 | -1) => {
    const one = balances.find((balance) => balance.account === account);
    return one ? (one.credit - one.debit) * side || 0 : 0;
  };
  return {
    entries,
    received: of("resident-basic.channel-receivable", -1),
    income: of("resident-basic.contribution-income", 1),
    suspense: of("resident-basic.suspense", 1),
    aided: of("resident-basic.subsidised-income", 1),
    aidExpenditure: of("medical-aid.enrolment-expenditure", -1),
  };
}

/** What the payer's own orders say is waiting to be refunded. */
export async function suspendedOn(call: Call, orderNos: readonly string[]): Promise<string> {
  const orders = await Promise.all(
    orderNos.map((orderNo) => call("contributions.order-state", { params: { orderNo } })),
  );
  const lines = orders.flatMap((one) => one.lines.filter((line) => line.outcome === "suspended"));
  const fen = lines.reduce((sum, line) => sum + Number(line.amount.replace(".", "")), 0);
  return text(fen as Yuan);
}
