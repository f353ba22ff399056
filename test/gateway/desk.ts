import { type Claim, claimsOf } from "../../functions/claims/store.ts";
import { personYearOf } from "../../functions/people/year.ts";
import * as ask from "../../hospital/asks.ts";
import { type Manner, type Said, type Sender, send } from "../../hospital/client.ts";
import type { Resident } from "../../local/county/people.ts";
import type { Moment } from "../../shared/gateway/field.ts";
import type { TransactionNo } from "../../shared/gateway/wire.ts";
import { plus, type Yuan, zero } from "../../shared/money.ts";
import { senderOf } from "../world/hospitals.ts";

/** Items of the demonstration's catalogue: class A with a cap of 8.60, class B with 5 % up front and a cap of 6.40, class C. */
export const items = {
  amoxicillin: "XJ01CAA040E001010100001",
  atorvastatin: "XC10AAA099A001010100004",
  registrationFee: "001101000010000",
  bed: "001109000010000",
  /** In the catalogue until the end of 2024. */
  gone: "ZC02AAX0070010101000019",
} as const;

/** Hospitals of the demonstration: of the city, of a county, of a township. */
export const city = senderOf("H37061100001");
export const county = senderOf("H37061100002");
export const township = senderOf("H37061100101");

export const at = (on: string, time = "00:05:00") => `${on} ${time}` as Moment;

/** The output of what was done, or the refusal as an error. */
export function done<T extends TransactionNo>(said: Said<T>) {
  if (said.kind !== "done") throw new Error(JSON.stringify(said));
  return said.output;
}

/** The code of a refusal; "done" where there was none. */
export const codeOf = (said: Said<TransactionNo>): string => (said.kind === "refused" ? said.code : said.kind);

let serial = 0;
export const next = (what: string) => `${what}${++serial}`;

/** One line: price in yuan with two decimals at most, how many. */
export function charge(
  itemCode: string,
  yuanEach: number,
  quantity: number,
  on: string,
  more: Partial<ask.Charge> = {},
): ask.Charge {
  const [price, count] = [Math.round(yuanEach * 1_000_000), Math.round(quantity * 10_000)];
  return {
    serial: next("L"),
    itemCode,
    price,
    quantity: count,
    total: ask.lineTotal(price, count),
    at: at(on),
    ...more,
  };
}

/** What the lines of uploads add up to, as they were answered. */
export function sumsOf(lines: readonly { [N in keyof ask.Sums]: Yuan | null }[]): ask.Sums {
  const sum = (name: keyof ask.Sums) => plus(zero, ...lines.map((one) => one[name] ?? zero));
  return {
    total: sum("total"),
    outsideCatalogue: sum("outsideCatalogue"),
    overPriceCap: sum("overPriceCap"),
    upfront: sum("upfront"),
  };
}

/** Somebody shows their identity card at a provider: what it may ask for them begins with it. */
export const shows = async (sender: Sender, who: Pick<Resident, "identityNumber">, manner: Manner = {}) =>
  void done(await send(sender, "1101", ask.identify(who.identityNumber), manner));

/** An out-patient who was registered and charged, and not settled yet. */
export async function visit(sender: Sender, who: Resident, on: string, charges: readonly ask.Charge[]) {
  const { encounter } = done(await send(sender, "2201", ask.register(who, at(on), next("OP"))));
  const { encounterNo } = encounter;
  done(await send(sender, "2203", ask.see(who.personNo, encounterNo, "11", at(on), { code: "I10", name: "高血压" })));
  const uploaded = done(await send(sender, "2204", ask.chargeOutpatient(who.personNo, encounterNo, "B1", charges)));
  return { encounterNo, sums: sumsOf(uploaded.lines) };
}

export const settleVisit = (
  sender: Sender,
  who: Resident,
  { encounterNo, sums }: { encounterNo: string; sums: ask.Sums },
  manner: Manner = {},
) => send(sender, "2207", ask.settleOutpatient(who, encounterNo, "B1", "11", sums), manner);

export const disease = { code: "J18", name: "肺炎" };

/** A stay whose lines are uploaded; discharged where a day is given. */
export async function stay(
  sender: Sender,
  who: Resident,
  { from, until, dead = false }: { from: string; until?: string; dead?: boolean },
  charges: readonly ask.Charge[],
  { careCode = "21", ...manner }: Manner & { readonly careCode?: string } = {},
) {
  const { encounter } = done(
    await send(sender, "2401", ask.admit(who, careCode, at(from), next("IP"), disease), manner),
  );
  const { encounterNo } = encounter;
  const { personNo } = who;
  const uploaded = done(await send(sender, "2301", ask.chargeStay(personNo, encounterNo, careCode, charges), manner));
  if (until) done(await send(sender, "2402", ask.discharge(personNo, encounterNo, at(until), { dead }), manner));
  return { encounterNo, sums: sumsOf(uploaded.lines) };
}

export const settleStay = (
  sender: Sender,
  who: Resident,
  { encounterNo, sums }: { encounterNo: string; sums: ask.Sums },
  manner: Manner = {},
) => send(sender, "2304", ask.settleStay(who, encounterNo, sums), manner);

/** What stands of a person's year: settled claims, and the accumulators. */
export async function yearOfPerson(
  who: Resident,
  year = 2025,
): Promise<{ claims: Claim[]; year: Awaited<ReturnType<typeof personYearOf>> }> {
  const claims = await claimsOf(who.personNo, year);
  return { claims: claims.filter((one) => one.state === "settled"), year: await personYearOf(who.personNo, year) };
}
