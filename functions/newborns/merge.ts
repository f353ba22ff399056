import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { orderStates } from "../../shared/contribution/order.ts";
import { foundTwiceEntry } from "../../shared/contribution/posting.ts";
import { isLive } from "../../shared/family/family.ts";
import type { Entry } from "../../shared/ledger/entry.ts";
import { after } from "../../shared/machine.ts";
import type { Happening } from "../../shared/outbox.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { config } from "../config.ts";
import { type Line, type Order, orderOf } from "../contributions/store.ts";
import { hold } from "../contributions/suspense.ts";
import { db } from "../db.ts";
import { type Action, counted, isNew, pointAt, pointAway, tieItem, tiesOf } from "../family/store.ts";
import { Pointer, type Tie } from "../family/tie.ts";
import { indexKey } from "../index-key.ts";
import { key } from "../key.ts";
import { putEntry } from "../ledger/store.ts";
import { toOutbox } from "../outbox.ts";
import type { Enrolment } from "../people/enrolments.ts";
import { type PersonPage, personPage } from "../people/page.ts";
import { identityNumberPlace, type Profile } from "../people/profile.ts";
import { itemAt } from "../read.ts";
import { lookupHash, unseal } from "../sealing.ts";

/** A transaction takes a hundred; a newborn has at most two parents and one enrolment a year, far below this. */
const mostActions = 90;

/**
 * 合并 · a newborn's temporary person becomes a person of the register, in one transaction: enrolments, orders' lines and
 * ties go over; a year that was paid for twice stays once, and the later money waits in suspense to be refunded.
 * Throws the cancelled transaction where anything of it changed meanwhile.
 */
export async function merge(temporaryNo: string, registeredNo: string): Promise<void> {
  const [from, into] = await Promise.all([personPage(temporaryNo), personPage(registeredNo)]);
  // Somebody merged them since the caller looked: the page is then that of the number that stays.
  if (from.profile.personNo === into.profile.personNo) return;
  const money = await moneyOf(from, into);
  const actions = [
    ...(await profileActions(from.profile, into.profile)),
    ...money.enrolments,
    ...[...money.orders.values()].map(orderAction),
    ...money.suspense,
    ...money.entries.map(putEntry),
    ...(await tieActions(temporaryNo, into.profile)),
    toOutbox([
      ...(from.profile.countedYears ?? []).map((benefitYear) => ({
        kind: "registered" as const,
        benefitYear,
        village: from.profile.village,
        people: -1,
      })),
      ...money.happenings,
      {
        kind: "told",
        personNo: registeredNo,
        on: today(),
        fact: { about: "identified", identityNumber: into.profile.identityNumberMasked },
      },
      ...money.entries.map(({ poolingArea, on, lines }) => ({ kind: "posted" as const, poolingArea, on, lines })),
    ]),
  ];
  if (actions.length > mostActions) throw new Refusal("merge-at-counter");
  await db.send(new TransactWriteCommand({ TransactItems: actions }));
}

/** The temporary profile points to the one that stays, and so does its certificate; no booking may have come between. */
async function profileActions(from: Profile, into: Profile): Promise<Action[]> {
  const TableName = config.mainTable();
  const certificate = await unseal(from.identityNumberSealed, identityNumberPlace(from.personNo));
  const seen = from.bookings ?? 0;
  return [
    {
      Update: {
        TableName,
        Key: key.person(from.personNo),
        UpdateExpression: "SET mergedInto = :into REMOVE gsi1pk, gsi1sk",
        ConditionExpression: `#temporary = :yes AND attribute_not_exists(mergedInto) AND ${
          seen > 0 ? "bookings = :seen" : "attribute_not_exists(bookings)"
        }`,
        ExpressionAttributeNames: { "#temporary": "temporary" },
        ExpressionAttributeValues: { ":into": into.personNo, ":yes": true, ...(seen > 0 && { ":seen": seen }) },
      },
    },
    {
      Update: {
        TableName,
        Key: key.birthCertificate(await lookupHash("birth-certificate", certificate)),
        UpdateExpression: "SET personNo = :into",
        ConditionExpression: "personNo = :from",
        ExpressionAttributeValues: { ":into": into.personNo, ":from": from.personNo },
      },
    },
  ];
}

/** An order as it was read, its lines as they will be, and how many sums of it come to lie in suspense. */
interface Changed {
  readonly before: Order;
  readonly lines: Line[];
  held: number;
}

interface Money {
  readonly enrolments: Action[];
  readonly orders: Map<string, Changed>;
  readonly suspense: Action[];
  readonly entries: Entry[];
  readonly happenings: Happening[];
}

/** What becomes of every enrolment of the temporary person, and of the orders that paid for them. */
async function moneyOf(from: PersonPage, { profile: into, enrolments }: PersonPage): Promise<Money> {
  const money: Money = { enrolments: [], orders: new Map(), suspense: [], entries: [], happenings: [] };
  for (const carried of from.enrolments) {
    const twin = enrolments.find((one) => one.benefitYear === carried.benefitYear);
    const tookOver = into.coverBefore.some((one) => one.benefitYear === carried.benefitYear);
    const line = await lineOf(money, carried);
    money.enrolments.push(removal(carried));
    // Who enrolled first stands; cover that was taken over from before this system stands in any case.
    if (tookOver || (twin && twin.enrolledOn <= carried.enrolledOn)) {
      takeOut(money, line, carried);
    } else {
      if (twin) takeOut(money, await lineOf(money, twin), twin);
      money.enrolments.push(arrival(carried, twin, into));
      if (line.village !== into.village) {
        money.happenings.push(counting("unenrolled", line, carried, line.village));
        money.happenings.push(counting("enrolled", line, carried, into.village));
      }
      line.village = into.village;
    }
    line.personNo = into.personNo;
  }
  return money;
}

/** The line of an order that paid for an enrolment, to be changed; each order is read once. */
async function lineOf({ orders }: Money, { orderNo, personNo, benefitYear }: Enrolment): Promise<Line> {
  const known = orders.get(orderNo);
  const before = known?.before ?? (await orderOf(orderNo));
  const changed = known ?? { before, lines: before.lines.map((line) => ({ ...line })), held: 0 };
  orders.set(orderNo, changed);
  const line = changed.lines.find((one) => one.personNo === personNo && one.benefitYear === benefitYear);
  // Another merge of the same child came between the two readings.
  if (!line) throw new Refusal("try-again");
  return line;
}

/** An enrolment that is one too many: its money goes from income to suspense, and it is no longer counted. */
function takeOut(money: Money, line: Line, enrolment: Enrolment): void {
  const { orderNo, benefitYear, personNo } = enrolment;
  const suspenseNo = `TWICE-${personNo}-${benefitYear}`;
  const posted = foundTwiceEntry({ event: suspenseNo, on: today(), reference: orderNo }, line);
  if (posted) money.entries.push(posted);
  const order = money.orders.get(orderNo);
  if (order && line.amount > 0) {
    const payment = order.before.paidBy;
    if (!payment) throw new Error(`order ${orderNo} does not say with which money it was booked`);
    money.suspense.push(...hold({ suspenseNo, payment, parts: [line], why: "found-twice", orderNo }));
    order.held += 1;
  }
  money.happenings.push(counting("unenrolled", line, enrolment, line.village));
  line.outcome = "suspended";
}

const counting = (
  kind: "enrolled" | "unenrolled",
  { amount }: Line,
  { benefitYear, enrolledOn: on }: Enrolment,
  village: string,
): Happening => ({ kind, benefitYear, village, on, amount });

const removal = ({ personNo, benefitYear, orderNo }: Enrolment): Action => ({
  Delete: {
    TableName: config.mainTable(),
    Key: key.enrolment(personNo, benefitYear),
    ConditionExpression: "orderNo = :order",
    ExpressionAttributeValues: { ":order": orderNo },
  },
});

/** The enrolment under the number that stays, where there is none or in place of the one that came later. */
const arrival = (carried: Enrolment, twin: Enrolment | undefined, { personNo, village }: Profile): Action => ({
  Put: {
    TableName: config.mainTable(),
    Item: {
      ...key.enrolment(personNo, carried.benefitYear),
      ...indexKey.village(village, `ENROLMENT#${carried.benefitYear}#${personNo}`),
      ...carried,
      personNo,
    },
    ConditionExpression: twin ? "orderNo = :order" : isNew,
    ...(twin && { ExpressionAttributeValues: { ":order": twin.orderNo } }),
  },
});

function orderAction({ before, lines, held }: Changed): Action {
  const suspended = lines.filter((line) => line.outcome === "suspended").length;
  const was = before.lines.filter((line) => line.outcome === "suspended").length;
  const event = suspended === lines.length ? "found-twice-all" : "found-twice-some";
  const state = suspended > was ? after(orderStates, before.state, event) : before.state;
  if (state === null) throw new Error(`order ${before.orderNo} is ${before.state} and has an enrolment`);
  return {
    Update: {
      TableName: config.mainTable(),
      Key: key.order(before.orderNo),
      UpdateExpression: `SET #state = :state, #lines = :lines${held > 0 ? " ADD holding :held" : ""}`,
      ConditionExpression: "#state = :before AND #lines = :read",
      ExpressionAttributeNames: { "#state": "state", "#lines": "lines" },
      ExpressionAttributeValues: {
        ":state": state,
        ":lines": lines,
        ":before": before.state,
        ":read": before.lines,
        ...(held > 0 && { ":held": held }),
      },
    },
  };
}

/** Live ties go over with their pointers and counts; where a guardian holds the other number already, one tie is enough. */
async function tieActions(temporaryNo: string, into: Profile): Promise<Action[]> {
  const live = (await tiesOf(temporaryNo, "guardian")).filter((tie) => isLive(tie.state));
  const moved = await Promise.all(
    live.map(async (tie) => ({ tie, double: await holds(tie.guardianNo, into.personNo) })),
  );
  const carried = moved.filter(({ double }) => !double);
  return [
    ...moved.flatMap(({ tie, double }) => (double ? endedActions(tie) : carriedActions(tie, into))),
    holders(temporaryNo, "SET holders = :to", { ":to": 0, ":seen": live.length }, "holders = :seen"),
    ...(carried.length > 0 ? [holders(into.personNo, "ADD holders :more", { ":more": carried.length })] : []),
  ];
}

const holds = async (guardianNo: string, dependantNo: string): Promise<boolean> =>
  (await itemAt(key.member(guardianNo, dependantNo), Pointer))?.live ?? false;

const holders = (
  personNo: string,
  UpdateExpression: string,
  ExpressionAttributeValues: Record<string, number>,
  ConditionExpression?: string,
): Action => ({
  Update: {
    TableName: config.mainTable(),
    Key: key.family(personNo),
    UpdateExpression,
    ExpressionAttributeValues,
    ...(ConditionExpression && { ConditionExpression }),
  },
});

const putTie = (before: Tie, tie: Tie): Action => ({
  Put: {
    TableName: config.mainTable(),
    Item: tieItem({ ...tie, version: before.version + 1 }),
    ConditionExpression: "version = :version",
    ExpressionAttributeValues: { ":version": before.version },
  },
});

const pointersAway = ({ tieNo, guardianNo, dependantNo }: Tie): Action[] => [
  pointAway(key.member(guardianNo, dependantNo), tieNo),
  pointAway(key.guardian(dependantNo, guardianNo), tieNo),
];

const endedActions = (tie: Tie): Action[] => [
  putTie(tie, { ...tie, state: "ended", changedOn: today(), until: null, decidedBy: "law" }),
  ...pointersAway(tie),
  counted(tie.guardianNo, "held", -1, null),
];

/** The old pointers go: one tie is pointed at once from each side. */
const pointersGone = ({ tieNo, guardianNo, dependantNo }: Tie): Action[] =>
  [key.member(guardianNo, dependantNo), key.guardian(dependantNo, guardianNo)].map((Key) => ({
    Delete: {
      TableName: config.mainTable(),
      Key,
      ConditionExpression: "tieNo = :tie",
      ExpressionAttributeValues: { ":tie": tieNo },
    },
  }));

const carriedActions = (tie: Tie, { personNo, village }: Profile): Action[] => [
  putTie(tie, { ...tie, dependantNo: personNo, village }),
  ...pointersGone(tie),
  pointAt(key.member(tie.guardianNo, personNo), tie.tieNo),
  pointAt(key.guardian(personNo, tie.guardianNo), tie.tieNo),
];
