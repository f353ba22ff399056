import * as z from "zod";
import {
  checkCodeOf,
  type ReceiptState,
  readCheckCode,
  readReceiptNumber,
  receiptNumber,
  receiptStateOf,
} from "../../shared/contribution/receipt.ts";
import { type Line, type Order, orderOf } from "../contributions/store.ts";
import { beginning, key, partition } from "../key.ts";
import { Enrolment } from "../people/enrolments.ts";
import type { PersonPage } from "../people/page.ts";
import { itemAt, itemsUnder } from "../read.ts";
import { lookupHash } from "../sealing.ts";
import { sameSecret } from "../signed.ts";
import { isNew, toPut, write } from "../write.ts";

/** 票据 · a line of an order that was booked: nothing of it is stored but where its number leads. */
export interface Receipt {
  readonly number: string;
  readonly checkCode: string;
  readonly state: ReceiptState;
  readonly order: Order;
  /** Which line of the order, from 0. */
  readonly at: number;
  readonly line: Line;
}

/** Where a number leads; it stays what it was whoever the person comes to be. */
const Place = z.object({ orderNo: z.string(), line: z.int() });

/**
 * The receipt of a line. Its number comes of the line's place and a key, so it is the same each time and cannot be made up;
 * its check code of what it says, so that a changed amount is another code.
 */
async function receiptOf(order: Order, at: number): Promise<Receipt | null> {
  const line = order.lines[at];
  const state = line && receiptStateOf(line.outcome);
  if (!line || !state) return null;
  const place = `${order.orderNo}#${at}`;
  const number = receiptNumber(line.benefitYear, await keyed("receipt-number", place));
  const said = [number, place, line.benefitYear, line.amount, line.subsidised].join("#");
  return { number, checkCode: checkCodeOf(await keyed("receipt-check", said)), state, order, at, line };
}

const keyed = async (kind: "receipt-number" | "receipt-check", value: string) =>
  Buffer.from(await lookupHash(kind, value), "base64url");

/** Keeps where a receipt's number leads, when it is first shown: what nobody was shown nobody can look up. */
async function shown(order: Order, at: number): Promise<Receipt[]> {
  const receipt = await receiptOf(order, at);
  if (!receipt) return [];
  const place = Place.parse({ orderNo: order.orderNo, line: at });
  await write(toPut({ ...key.receipt(receipt.number), ...place }, isNew));
  return [receipt];
}

/** The receipts of an order's lines, kept to be looked up. */
export const receiptsOfOrder = async (order: Order): Promise<Receipt[]> =>
  (await Promise.all(order.lines.map((_, at) => shown(order, at)))).flat();

/** The receipts of a person's years, refunded ones too, the newest first. */
export async function receiptsOf(page: PersonPage): Promise<Receipt[]> {
  const { profile } = page;
  const years = await yearsOf(page);
  const orders = await Promise.all([...new Set(years.map((one) => one.orderNo))].map(orderOf));
  const found = await Promise.all(
    orders.flatMap((order) =>
      order.lines.flatMap((line, at) => (line.personNo === profile.personNo ? [shown(order, at)] : [])),
    ),
  );
  return found.flat();
}

/** The years that a person was enrolled for, those given back too. */
export const yearsOf = async ({ profile, enrolments }: PersonPage): Promise<Enrolment[]> => [
  ...enrolments,
  ...(await undoneOf(profile.personNo)),
];

/** Enrolments of a person that were given back. */
const undoneOf = (personNo: string): Promise<Enrolment[]> =>
  itemsUnder(partition.person(personNo), beginning.refunded, Enrolment);

/** The receipt of a number and check code as typed; null where there is none, or it is another code. */
export async function receiptNamed(numberTyped: string, checkCodeTyped: string): Promise<Receipt | null> {
  const [number, checkCode] = [readReceiptNumber(numberTyped), readCheckCode(checkCodeTyped)];
  if (number === null || checkCode === null) return null;
  const place = await itemAt(key.receipt(number), Place);
  if (!place) return null;
  const { orderNo, line } = place;
  const receipt = await receiptOf(await orderOf(orderNo), line);
  if (!receipt) return null;
  return sameSecret(receipt.checkCode, checkCode) ? receipt : null;
}
