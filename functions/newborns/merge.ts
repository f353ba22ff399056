import { orderStates } from "../../shared/contribution/order.ts";
import { foundTwiceEntry } from "../../shared/contribution/posting.ts";
import { isLive } from "../../shared/family/family.ts";
import type { Entry } from "../../shared/ledger/entry.ts";
import { after } from "../../shared/machine.ts";
import type { Happening } from "../../shared/outbox.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { changedOrder, type Line, type Order, orderOf } from "../contributions/store.ts";
import { hold } from "../contributions/suspense.ts";
import { counted, pointAt, pointAway, tieItem, tiesOf } from "../family/store.ts";
import { Pointer, type Tie } from "../family/tie.ts";
import { indexKey } from "../index-key.ts";
import { key } from "../key.ts";
import { putEntry } from "../ledger/store.ts";
import { toOutbox } from "../outbox.ts";
import type { Enrolment } from "../people/enrolments.ts";
import { wholeIdentityNumber } from "../people/identity-number.ts";
import { type PersonPage, personPage } from "../people/page.ts";
import { Profile } from "../people/profile.ts";
import { itemAt, mustBeAt } from "../read.ts";
import { lookupHash } from "../sealing.ts";
import { type Action, having, isNew, toPut, toRemove, toUpdate, unchanged } from "../write.ts";

/** A transaction takes a hundred; a newborn has at most two parents and one enrolment a year, far below this. */
const mostActions = 90;

/**
 * 合并 · a newborn's temporary person becomes a person of the register, in one transaction: enrolments, orders' lines and
 * ties go over; a year that was paid for twice stays once, and the later money waits in suspense to be refunded.
 * Null where another merge of the same child came between the readings.
 */
export async function merged(temporaryNo: string, registeredNo: string): Promise<Action[] | null> {
  // Read before the enrolments that its bookings stand for: one that comes between the two readings fails the write.
  const guard = await mustBeAt(key.person(temporaryNo), Profile, "person-not-found");
  const [from, into] = await Promise.all([personPage(temporaryNo), personPage(registeredNo)]);
  // Somebody merged them since the caller looked: the page is then that of the number that stays.
  if (from.profile.personNo === into.profile.personNo) return [];
  const money = await moneyOf(from, into);
  if (!money) return null;
  const actions = [
    ...(await profileActions(guard, into.profile)),
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
        fact: { about: "identified" },
      },
      ...money.entries.map(({ poolingArea, on, lines }) => ({ kind: "posted" as const, poolingArea, on, lines })),
    ]),
  ];
  if (actions.length > mostActions) throw new Refusal("merge-at-counter");
  return actions;
}

/** The temporary profile points to the one that stays, and so does its certificate; no booking may have come between. */
async function profileActions(from: Profile, into: Profile): Promise<Action[]> {
  const certificate = await wholeIdentityNumber(from);
  const { personNo, bookings } = from;
  return [
    toUpdate(
      key.person(personNo),
      { set: { mergedInto: into.personNo }, remove: ["gsi1pk", "gsi1sk"] },
      having({ temporary: true, mergedInto: undefined, bookings }),
    ),
    toUpdate(
      key.birthCertificate(await lookupHash("birth-certificate", certificate)),
      { set: { personNo: into.personNo } },
      having({ personNo }),
    ),
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
async function moneyOf(from: PersonPage, { profile: into, enrolments }: PersonPage): Promise<Money | null> {
  const money: Money = { enrolments: [], orders: new Map(), suspense: [], entries: [], happenings: [] };
  for (const carried of from.enrolments) {
    const twin = enrolments.find((one) => one.benefitYear === carried.benefitYear);
    const tookOver = into.coverBefore.some((one) => one.benefitYear === carried.benefitYear);
    const line = await lineOf(money, carried);
    if (!line) return null;
    money.enrolments.push(removal(carried));
    // Who enrolled first stands; cover that was taken over from before this system stands in any case.
    if (tookOver || (twin && twin.enrolledOn <= carried.enrolledOn)) {
      takeOut(money, line, carried);
    } else {
      const other = twin && (await lineOf(money, twin));
      if (other === null) return null;
      if (twin && other) takeOut(money, other, twin);
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

/** The line of an order that paid for an enrolment, to be changed; each order is read once. Null where it is another's by now. */
async function lineOf({ orders }: Money, { orderNo, personNo, benefitYear }: Enrolment): Promise<Line | null> {
  const known = orders.get(orderNo);
  const before = known?.before ?? (await orderOf(orderNo));
  const changed = known ?? { before, lines: before.lines.map((line) => ({ ...line })), held: 0 };
  orders.set(orderNo, changed);
  return changed.lines.find((one) => one.personNo === personNo && one.benefitYear === benefitYear) ?? null;
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

const removal = ({ personNo, benefitYear, orderNo }: Enrolment): Action =>
  toRemove(key.enrolment(personNo, benefitYear), having({ orderNo }));

/** The enrolment under the number that stays, where there is none or in place of the one that came later. */
const arrival = (carried: Enrolment, twin: Enrolment | undefined, { personNo, village }: Profile): Action =>
  toPut(
    {
      ...key.enrolment(personNo, carried.benefitYear),
      ...indexKey.village(village, `ENROLMENT#${carried.benefitYear}#${personNo}`),
      ...carried,
      personNo,
    },
    twin ? having({ orderNo: twin.orderNo }) : isNew,
  );

function orderAction({ before, lines, held }: Changed): Action {
  const suspended = lines.filter((line) => line.outcome === "suspended").length;
  const was = before.lines.filter((line) => line.outcome === "suspended").length;
  const event = suspended === lines.length ? "found-twice-all" : "found-twice-some";
  const state = suspended > was ? after(orderStates, before.state, event) : before.state;
  if (state === null) throw new Error(`order ${before.orderNo} is ${before.state} and has an enrolment`);
  return changedOrder(before, { set: { state, lines }, ...(held > 0 && { add: { holding: held } }) });
}

/** Live ties go over with their pointers and counts; where a guardian holds the other number already, one tie is enough. */
async function tieActions(temporaryNo: string, into: Profile): Promise<Action[]> {
  const live = (await tiesOf(temporaryNo, "guardian")).filter((tie) => isLive(tie.state));
  const moved = await Promise.all(
    live.map(async (tie) => ({ tie, double: await isHeld(tie.guardianNo, into.personNo) })),
  );
  const carried = moved.filter(({ double }) => !double);
  return [
    ...moved.flatMap(({ tie, double }) => (double ? endedActions(tie) : carriedActions(tie, into))),
    toUpdate(key.family(temporaryNo), { set: { holders: 0 } }, having({ holders: live.length })),
    ...(carried.length > 0 ? [toUpdate(key.family(into.personNo), { add: { holders: carried.length } })] : []),
  ];
}

const isHeld = async (guardianNo: string, dependantNo: string): Promise<boolean> =>
  (await itemAt(key.member(guardianNo, dependantNo), Pointer))?.live ?? false;

const putTie = (before: Tie, tie: Tie): Action =>
  toPut(tieItem({ ...tie, version: before.version + 1 }), unchanged(before.version));

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
  [key.member(guardianNo, dependantNo), key.guardian(dependantNo, guardianNo)].map((Key) =>
    toRemove(Key, having({ tieNo })),
  );

const carriedActions = (tie: Tie, { personNo, village }: Profile): Action[] => [
  putTie(tie, { ...tie, dependantNo: personNo, village }),
  ...pointersGone(tie),
  pointAt(key.member(tie.guardianNo, personNo), tie.tieNo),
  pointAt(key.guardian(personNo, tie.guardianNo), tie.tieNo),
];
