import { type Day, dayOf } from "../shared/day.ts";
import { dayOfMoment, type Moment } from "../shared/gateway/field.ts";
import type { Output, TransactionNo } from "../shared/gateway/wire.ts";
import type { Line } from "./arithmetic.ts";
import * as asks from "./asks.ts";
import { type Asked, type Manner, type Said, type Sender, send } from "./client.ts";
import { type Bill, linesOf, type Sold, sums } from "./visit.ts";

/** 组 · what the checks are about, in the order in which they are made. */
export const groups = {
  envelope: "报文信封 envelope",
  signature: "签名 signature",
  idempotency: "重发 idempotency",
  person: "人员 person",
  outpatient: "门诊 out-patient",
  stay: "住院 stay",
  reversal: "撤销与冲正 reversal",
  queries: "查询 queries",
  refusals: "拒绝 refusals",
} as const;
export type Group = keyof typeof groups;

/** 一项检查 · a sentence, what was expected and what came. */
export interface Row {
  readonly no: number;
  readonly group: Group;
  readonly zh: string;
  readonly en: string;
  readonly expected: string;
  readonly got: string;
  readonly ok: boolean;
}

/** What the run needs: one provider with its key that offers out-patient and in-patient care, one covered person, a few items. */
export interface Subject {
  readonly sender: Sender;
  readonly identityNumber: string;
  readonly insuredArea: string;
  /** At least two; with one over its price cap more is seen. */
  readonly items: readonly Sold[];
  readonly onRow?: (row: Row) => void;
}

/** Thrown by a check whose groundwork failed before it. */
class Groundwork extends Error {}

const disease = { code: "I10.x00", name: "原发性高血压" };
const batchNo = "B1";
const fine = "没有差错 nothing wrong";

/** What is asked may stumble before it is sent: that is a failure of the check like any other. */
const tried = async <T>(ask: () => Promise<T>): Promise<T> => ask();

/** How the checks of one group are written down. */
export type Bench = ReturnType<typeof benchOf>;

/** 检查台 · sends for the subject and writes down what came; one check that fails stops no other. */
export function benchOf(subject: Subject, rows: Row[]) {
  const { sender, identityNumber, insuredArea, items, onRow } = subject;
  const stamp = sender.now().toString(36);
  let local = 0;
  let group: Group = "envelope";
  const who = { personNo: "", identityNumber };

  const write = (zh: string, en: string, expected: string, got: string, ok: boolean) => {
    const row: Row = { no: rows.length + 1, group, zh, en, expected, got, ok };
    rows.push(row);
    onRow?.(row);
  };
  const say = <T extends TransactionNo>(transaction: T, input: Asked<T>, manner: Manner = {}, by = sender) =>
    send(by, transaction, input, { insuredArea, ...manner });
  const told = <T extends TransactionNo>(said: Said<T>): string =>
    said.kind === "done"
      ? "办成 done"
      : said.kind === "refused"
        ? `拒绝 refused ${said.code} ${said.sentence}`
        : `没有答复 ${said.why}`;

  /** Equal or not, as text. */
  const check = async (zh: string, en: string, expected: string, ask: () => Promise<string>) => {
    const got = await tried(ask).catch((error: Error) => error.message);
    write(zh, en, expected, got, got === expected);
  };
  /** No faults. */
  const sound = (zh: string, en: string, ask: () => Promise<readonly string[]>) =>
    check(zh, en, fine, async () => (await ask()).join("；") || fine);
  /** Done; its output, or groundwork that everything which needs it stumbles over. */
  const done = async <T extends TransactionNo>(
    zh: string,
    en: string,
    ask: () => Promise<Said<T>>,
  ): Promise<() => Output<T>> => {
    const said = await tried(ask).catch((error: Error) => error);
    const ok = !(said instanceof Error) && said.kind === "done";
    write(zh, en, "办成 done", said instanceof Error ? said.message : told(said), ok);
    return () => {
      if (ok) return said.output;
      throw new Groundwork("前面的一步没有办成 an earlier step was not done");
    };
  };
  /** Refused; with our code where the gateway gives codes in our way, with any where it gives its own. */
  const refused = async <T extends TransactionNo>(
    zh: string,
    en: string,
    code: string,
    ask: () => Promise<Said<T>>,
  ): Promise<void> => {
    const said = await tried(ask).catch((error: Error) => error);
    const ok = !(said instanceof Error) && said.kind === "refused" && (said.code === code || said.code === "");
    write(
      `${zh}：拒绝`,
      `${en}: refused`,
      `拒绝 refused ${code}`,
      said instanceof Error ? said.message : told(said),
      ok,
    );
  };
  /** The groundwork of a check: an output, or the check fails. */
  const must = async <T extends TransactionNo>(transaction: T, input: Asked<T>): Promise<Output<T>> => {
    const said = await say(transaction, input);
    if (said.kind === "done") return said.output;
    throw new Groundwork(`${transaction} ${told(said)}`);
  };

  const today = (): Day => dayOfMoment(sender.business());
  const at = (on: Day, time = "09:00:00"): Moment => `${on} ${time}` as Moment;
  const newLocalNo = () => `${stamp}C${++local}`;
  const charge = (item: number, quantity = 10_000, on = today()): asks.Charge => {
    const { code, price } = items[item % items.length]!;
    return {
      serial: newLocalNo(),
      itemCode: code,
      price,
      quantity,
      total: asks.lineTotal(price, quantity),
      at: at(on),
    };
  };
  /** What was sent beside what was answered. */
  const answered = (charges: readonly asks.Charge[], output: Output<"2204"> | Output<"2301">) => {
    const bill = { faults: [] as string[] } as unknown as Bill;
    return { lines: linesOf(bill, charges, output.lines), faults: bill.faults };
  };

  /** An out-patient who was registered, seen and charged with two lines. */
  const charged = async (): Promise<{ encounterNo: string; localNo: string; lines: Line[] }> => {
    const localNo = newLocalNo();
    const { encounter } = await must("2201", asks.register(who, at(today()), localNo));
    await must("2203", asks.see(who.personNo, encounter.encounterNo, "11", at(today()), disease));
    const charges = [charge(0), charge(1, 20_000)];
    const output = await must("2204", asks.chargeOutpatient(who.personNo, encounter.encounterNo, batchNo, charges));
    return { encounterNo: encounter.encounterNo, localNo, lines: answered(charges, output).lines };
  };
  const asked = (encounterNo: string, lines: readonly Line[]) =>
    asks.settleOutpatient(who, encounterNo, batchNo, "11", sums(lines));

  /** Everything that a settlement could move, as the queries tell it. */
  const snapshot = async (encounterNo: string): Promise<string> => {
    const { personNo } = who;
    const told = [
      (await must("5206", { request: { personNo } })).accumulations.map((one) => [
        one.accumulationCode,
        one.accumulated,
      ]),
      (await must("5201", { request: { personNo } })).encounters.map((one) => [one.encounterNo, one.stayState]),
      (await must("5204", { request: { personNo, encounterNo } })).lines.map((one) => [one.lineNo, one.total]),
    ];
    return JSON.stringify(told);
  };
  const accumulated = async (): Promise<string> => {
    const { accumulations } = await must("5206", { request: { personNo: who.personNo } });
    return accumulations.map((one) => `${one.accumulationCode}=${one.accumulated}`).join(" ");
  };
  /** Leaves things as they were; what cannot be cleaned up shows in the last check. */
  const clean = async (work: () => Promise<unknown>) => {
    await work().catch(() => {});
  };

  return {
    sender,
    who,
    identityNumber,
    insuredArea,
    disease,
    batchNo,
    items,
    say,
    told,
    check,
    sound,
    done,
    refused,
    must,
    clean,
    write,
    today,
    at,
    newLocalNo,
    charge,
    answered,
    charged,
    asked,
    snapshot,
    accumulated,
    /** Checks from here on are about this. */
    about(next: Group) {
      group = next;
    },
  };
}

/** The first day of a day's year, or so many days before it, whichever is later. */
export const before = (on: Day, days: number): Day => {
  const first = dayOf(Number(on.slice(0, 4)), 1, 1);
  const found = new Date(Date.parse(`${on}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10) as Day;
  return found < first ? first : found;
};
