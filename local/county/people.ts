import { createHash } from "node:crypto";
import { addDays, type Day, day, dayOf, monthLength, yearOf } from "../../shared/day.ts";
import { checkDigit } from "../../shared/person.ts";
import type { Identity } from "../../shared/policy/identity.ts";
import { type Random, random } from "../../shared/random.ts";
import { compoundSurnames, givenMiddle, givenOld, givenYoung, rareNames, surnames } from "./names.ts";
import { type Member, personas } from "./personas.ts";
import { type Place, places } from "./places.ts";

/** The business day on which the demonstration starts. */
export const firstBusinessDay = day("2025-11-20");
export const benefitYear = 2026;

/** One invented resident, before anything is stored. */
export interface Resident {
  readonly personNo: string;
  readonly name: string;
  readonly identityNumber: string;
  readonly telephone: string | null;
  readonly sex: "male" | "female";
  readonly bornOn: Day;
  readonly poolingArea: string;
  readonly village: string;
  readonly household: string;
  readonly head: boolean;
  readonly student: boolean;
  readonly identities: readonly Identity[];
  readonly coverBefore: Member["coverBefore"];
  readonly employeeCovered: boolean;
  readonly employeeCoverEndedOn: Day | null;
  readonly diedOn: Day | null;
}

/** A household and the day on which it paid for the year to come, if it has. */
export interface Household {
  readonly people: readonly Resident[];
  readonly paidOn: Day | null;
}

/** Identity numbers of invented people start with 3799: no place in China has that code, so no living person has the number. */
export const identityNumberOf = (bornOn: Day, sex: "male" | "female", serial: number): string => {
  const place = 379900 + 1 + (Math.floor(serial / 500) % 99);
  const order = (serial % 500) * 2 + (sex === "male" ? 1 : 0);
  const first17 = `${place}${bornOn.replaceAll("-", "")}${String(order).padStart(3, "0")}`;
  return first17 + checkDigit(first17);
};

/** 人员编号 · like those of the system: no one of them tells of another. The same each time. */
const personNoOf = (area: string, n: number): string => {
  const scattered = createHash("sha256").update(`person ${n}`).digest().readUIntBE(0, 6) % 10 ** 14;
  return area + String(scattered).padStart(14, "0");
};

/** Every household of the demonstration, the personas' first; the same each time. */
export function* households(size: number): Generator<Household> {
  const serials = new Map<string, number>();
  const numbers = { person: 0, telephone: 0, household: 0 };
  const nextSerial = (bornOn: Day, sex: string) => {
    const serial = serials.get(bornOn + sex) ?? 0;
    serials.set(bornOn + sex, serial + 1);
    return serial;
  };
  const complete = (place: Place, members: readonly Member[], paidOn: Day | null): Household => {
    numbers.household += 1;
    const household = `H${String(numbers.household).padStart(7, "0")}`;
    const people = members.map((member, i): Resident => {
      numbers.person += 1;
      const { age: _, phone, ...facts } = member;
      if (phone) numbers.telephone += 1;
      return {
        ...facts,
        personNo: personNoOf(place.area, numbers.person),
        identityNumber: identityNumberOf(member.bornOn, member.sex, nextSerial(member.bornOn, member.sex)),
        telephone: phone === true ? `1990${String(numbers.telephone).padStart(7, "0")}` : phone || null,
        poolingArea: place.area,
        village: place.village,
        household,
        head: i === 0,
      };
    });
    return { people, paidOn };
  };

  for (const persona of personas) yield complete(persona.place, persona.members, null);
  for (const { place, people } of places(size)) {
    const dice = random(`village ${place.village}`);
    const rate = 0.25 + 0.5 * dice.next();
    for (let made = 0; made < people; ) {
      const members = family(dice, Math.min(6, people - made));
      made += members.length;
      yield complete(place, members, dice.chance(rate) ? payDay(dice, place.windowFrom) : null);
    }
  }
}

/** Most pay in the first weeks, then fewer each day; the last rush is still to come. */
function payDay(dice: Random, windowFrom: Day): Day {
  const days = (Date.parse(firstBusinessDay) - Date.parse(windowFrom)) / 86_400_000;
  return addDays(windowFrom, Math.min(days, Math.floor(dice.next() ** 1.6 * (days + 1))));
}

/** A household of the countryside: many old couples, some alone, some of three generations. */
function family(dice: Random, most: number): Member[] {
  const surname = dice.chance(0.02) ? dice.pick(compoundSurnames) : dice.pick(surnames);
  const poor = dice.next();
  const identities =
    poor < 0.03
      ? listed(dice, "minimum-living")
      : poor < 0.036
        ? listed(dice, "destitute")
        : poor < 0.046
          ? listed(dice, "low-income-edge")
          : poor < 0.051
            ? listed(dice, "monitored")
            : poor < 0.053
              ? listed(dice, "returned-to-poverty")
              : [];
  const kind = dice.next();
  const ages: [number, "male" | "female"][] = [];
  if (kind < 0.28) {
    const age = dice.int(60, 86);
    ages.push([age, "male"], [age - dice.int(-3, 5), "female"]);
  } else if (kind < 0.4) {
    ages.push([dice.int(62, 93), dice.chance(0.7) ? "female" : "male"]);
  } else if (kind < 0.65) {
    const old = dice.int(58, 76);
    const middle = old - dice.int(22, 30);
    ages.push([middle, "male"], [middle - dice.int(0, 4), "female"], [old, "male"], [old - dice.int(-2, 4), "female"]);
    for (let i = dice.int(1, 2); i > 0; i--)
      ages.push([Math.max(0, middle - dice.int(22, 32)), dice.chance(0.52) ? "male" : "female"]);
  } else if (kind < 0.85) {
    const age = dice.int(26, 48);
    ages.push([age, "male"], [age - dice.int(0, 4), "female"]);
    for (let i = dice.int(1, 2); i > 0; i--)
      ages.push([Math.max(0, age - dice.int(22, 32)), dice.chance(0.52) ? "male" : "female"]);
  } else {
    const age = dice.int(45, 60);
    ages.push([age, "male"], [age - dice.int(0, 4), "female"]);
  }
  return ages.slice(0, most).map(([age, sex], i) => member(dice, surname, age, sex, i === 0, identities));
}

function member(
  dice: Random,
  surname: string,
  age: number,
  sex: "male" | "female",
  head: boolean,
  identities: readonly Identity[],
): Member {
  const bornOn = birthday(dice, age);
  const worker = age >= 20 && age < 60;
  const employee = worker && dice.chance(0.08);
  const endedLately = worker && !employee && dice.chance(0.01);
  return {
    name: nameOf(dice, surname, age, sex),
    sex,
    age,
    bornOn,
    phone: head ? dice.chance(0.93) : worker || (age >= 60 && age < 75 && dice.chance(0.5)),
    student: age >= 6 && age <= 21,
    identities,
    coverBefore: employee ? [] : coverBefore(dice, bornOn),
    employeeCovered: employee,
    employeeCoverEndedOn: endedLately ? addDays(firstBusinessDay, -dice.int(5, 80)) : null,
    diedOn: age > 80 && dice.chance(0.02) ? addDays(firstBusinessDay, -dice.int(1, 300)) : null,
  };
}

function birthday(dice: Random, age: number): Day {
  const year = yearOf(firstBusinessDay) - age - 1;
  const month = dice.int(1, 12);
  const born = dayOf(year, month, dice.int(1, monthLength(year, month)));
  // The youngest were born within the last year.
  return age === 0 ? addDays(firstBusinessDay, -dice.int(1, 360)) : born;
}

function nameOf(dice: Random, surname: string, age: number, sex: "male" | "female"): string {
  if (dice.chance(0.002)) return dice.pick(rareNames);
  const given = (age >= 55 ? givenOld : age >= 24 ? givenMiddle : givenYoung)[sex];
  return surname + dice.pick(given) + (dice.chance(0.8) ? dice.pick(given) : "");
}

const listed = (dice: Random, kind: Identity["kind"]): Identity[] => [
  { kind, from: dayOf(dice.int(2018, 2025), dice.int(1, 9), dice.int(1, 28)), until: null },
];

export const wholeYear = (year: number) => ({
  benefitYear: year,
  coverFrom: dayOf(year, 1, 1),
  coverUntil: dayOf(year, 12, 31),
});

/** Most were covered every year; some lapsed in 2025, some years ago, some never enrolled. */
function coverBefore(dice: Random, bornOn: Day): Resident["coverBefore"] {
  const since = Math.max(2021, yearOf(bornOn));
  const luck = dice.next();
  const until = luck < 0.9 ? 2025 : luck < 0.95 ? 2024 : luck < 0.98 ? 2023 : 0;
  const years = [];
  for (let year = since; year <= until; year++) {
    const whole = wholeYear(year);
    years.push({ ...whole, coverFrom: bornOn > whole.coverFrom ? bornOn : whole.coverFrom });
  }
  return years;
}
