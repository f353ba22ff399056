import { createHash } from "node:crypto";
import { enrolmentItem } from "../../functions/contributions/booking.ts";
import type { Line, Order } from "../../functions/contributions/store.ts";
import { indexKey } from "../../functions/index-key.ts";
import { key } from "../../functions/key.ts";
import { placed } from "../../functions/outbox.ts";
import type { Profile } from "../../functions/people/profile.ts";
import { identityNumberPlace, telephonePlace } from "../../functions/people/profile.ts";
import { newDataKey, type Sealer } from "../../functions/sealing.ts";
import type { BoundAccount } from "../../functions/sign-in/accounts.ts";
import { policyOf } from "../../shared/areas/areas.ts";
import { orderMinutes } from "../../shared/contribution/order.ts";
import { contributionEntries } from "../../shared/contribution/posting.ts";
import { type Quote, quote } from "../../shared/contribution/quote.ts";
import { tradeNoOf } from "../../shared/contribution/trade.ts";
import type { Day } from "../../shared/day.ts";
import { plus, zero } from "../../shared/money.ts";
import { fold, type Happening } from "../../shared/outbox.ts";
import { maskName } from "../../shared/person.ts";
import { NoRuleInForce, Refusal } from "../../shared/refusal.ts";
import { catalogueTable, type TableItem } from "./catalogue-items.ts";
import { filingItems } from "./filings.ts";
import { benefitYear, type Household, households, type Resident } from "./people.ts";
import { officers, personas } from "./personas.ts";
import { units } from "./places.ts";
import { providerItems } from "./provider-items.ts";

/**
 * 演示县 · every item of the demonstration, in the form that the functions write: the same law prices each household's
 * order, the same posting books it, the same fold makes the figures.
 */
export async function* countyItems(size: number): AsyncGenerator<TableItem> {
  const { sealer, item } = await newDataKey();
  yield main(item);
  for (const unit of units(size)) yield main({ ...key.unit(unit.code), ...unit, targets: { [benefitYear]: "0.95" } });
  for (const { subject, unit, name, roles } of officers) {
    yield main({ ...key.officer(subject), officerNo: subject, name, unit, roles, until: null });
  }
  for (const one of providerItems(sealer)) yield main(one);
  yield* catalogueTable(size);
  const sums = new Map<string, Record<string, string | number>>();
  let orders = 0;
  let no = 0;
  for (const household of households(size)) {
    no += 1;
    const happenings: Happening[] = [];
    for (const person of household.people) {
      yield* personItems(person, sealer);
      if (!person.diedOn && !person.employeeCovered) {
        happenings.push({ kind: "registered", benefitYear, village: person.village, people: 1 });
      }
      // Whoever is signed in as begins without.
      if (no > personas.length) for (const one of filingItems(person, happenings)) yield main(one);
    }
    if (household.paidOn) yield* paid(household, household.paidOn, ++orders, sealer, happenings);
    for (const addition of fold(happenings)) {
      const { place, figures } = placed(addition);
      const sum = sums.get(place.pk + place.sk) ?? { ...place };
      for (const [name, added] of Object.entries(figures)) sum[name] = Number(sum[name] ?? 0) + added;
      sums.set(place.pk + place.sk, sum);
    }
  }
  for (const sum of sums.values()) yield main(sum);
}

const main = (item: Record<string, unknown>): TableItem => ({ table: "main", item });

/** The items of one person of the register. */
export function* personItems(person: Resident, sealer: Sealer): Generator<TableItem> {
  const { identityNumber, telephone, ...facts } = person;
  const { personNo } = person;
  const profile: Profile = {
    ...facts,
    identities: [...person.identities],
    coverBefore: [...person.coverBefore],
    identityNumberSealed: sealer.seal(identityNumber, identityNumberPlace(personNo)),
    telephoneSealed: telephone && sealer.seal(telephone, telephonePlace(personNo)),
    telephoneConfirmedOn: null,
  };
  const place = indexKey.village(person.village, `PERSON#${person.household}#${personNo}`);
  yield main({ ...key.person(personNo), ...place, ...profile, synthetic: true });
  yield main({ ...key.identityNumber(sealer.lookupHash("identity-number", identityNumber)), personNo });
}

/** The account of whoever paid, the order, the payment, the enrolments and the entry, as one booking makes them. */
function* paid(
  household: Household,
  on: Day,
  n: number,
  sealer: Sealer,
  happenings: Happening[],
): Generator<TableItem> {
  const payer = household.people.find((one) => one.telephone);
  if (!payer?.telephone) return;
  const lines = household.people.flatMap((person) => lineOf(person, payer, on) ?? []);
  if (lines.length === 0) return;

  const accountNo = `DEMO${String(n).padStart(16, "0")}`;
  const orderNo = `${on.replaceAll("-", "")}DEMO${String(n).padStart(12, "0")}`;
  const createdAt = Date.parse(`${on}T10:00:00+08:00`) + (n % 20_000) * 1000;
  const total = plus(...lines.map((line) => line.amount));
  const account = {
    accountNo,
    signedInBy: "telephone",
    telephoneSealed: sealer.seal(payer.telephone, `telephone of account ${accountNo}`),
    personNo: payer.personNo,
    openedAt: createdAt,
    generation: 0,
  };
  const bound: BoundAccount = { accountNo, signedInBy: "telephone", boundOn: on, provenBy: null, provenOn: null };
  yield main({ ...key.account(accountNo), ...account });
  yield main({ ...key.boundAccount(payer.personNo, accountNo), ...bound });
  yield main({ ...key.telephone(sealer.lookupHash("telephone", payer.telephone)), accountNo });

  const transactionNo =
    total > 0 ? `42${createHash("sha256").update(orderNo).digest("hex").slice(0, 24).toUpperCase()}` : null;
  const paidBy = transactionNo && {
    transactionNo,
    tradeNo: tradeNoOf(orderNo, "h5"),
    amount: total,
    carrier: "wechat" as const,
  };
  const order: Order = {
    orderNo,
    accountNo,
    payerNo: payer.personNo,
    state: "booked",
    lines,
    total,
    createdOn: on,
    createdAt,
    expiresBy: createdAt + orderMinutes * 60_000,
    ...(paidBy && { paidBy }),
  };
  yield main({ ...key.order(orderNo), ...indexKey.payersOrder(payer.personNo, createdAt), ...order });
  if (paidBy) yield main({ ...key.payment(paidBy.transactionNo), orderNo, ...paidBy, paidAt: createdAt + 60_000 });
  for (const line of lines) {
    yield main(enrolmentItem(line, orderNo, on));
    happenings.push({ kind: "enrolled", benefitYear, village: line.village, on, amount: line.amount });
  }
  const event = { event: transactionNo ?? orderNo, on, reference: orderNo };
  for (const entry of contributionEntries(event, lines, [])) {
    yield { table: "ledger", item: { ...key.entry(entry.poolingArea, on, entry.entryNo), ...entry } };
    happenings.push({ kind: "posted", poolingArea: entry.poolingArea, on, lines: entry.lines });
  }
}

/** What a person owed on the day the household paid; null where the law says no. */
function lineOf(person: Resident, payer: Resident, on: Day): Line | null {
  if (person.diedOn && person.diedOn <= on) return null;
  const coveredYears = person.coverBefore.map((one) => one.benefitYear);
  let quoted: Quote;
  try {
    quoted = quote(
      {
        benefitYear,
        on,
        tier: 1,
        person: { ...person, coveredYears, firstEnrolment: coveredYears.length === 0 },
      },
      policyOf(person.poolingArea),
    );
  } catch (error) {
    if (error instanceof Refusal || error instanceof NoRuleInForce) return null;
    throw error;
  }
  if (quoted.cover.from === null) return null;
  return {
    personNo: person.personNo,
    name: person === payer ? person.name : maskName(person.name),
    self: person === payer,
    poolingArea: person.poolingArea,
    village: person.village,
    benefitYear,
    tier: 1,
    channel: quoted.channel,
    standard: quoted.standard,
    subsidised: quoted.subsidised,
    payer: quoted.subsidies.find((one) => one.amount > 0)?.payer ?? null,
    due: quoted.due,
    repairYears: 0,
    repairCost: zero,
    amount: quoted.due,
    coverFrom: quoted.cover.from,
    waitingMonths: quoted.cover.waitingMonths,
    outcome: "enrolled",
  };
}
