import * as z from "zod";
import { CalendarDay } from "../../shared/edge.ts";
import { maskNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { key } from "../key.ts";
import { itemAt } from "../read.ts";
import { lookupHash, seal, unseal } from "../sealing.ts";
import { decideAndWrite, having, isNew, type Step, toPut, toRemove } from "../write.ts";

/** 社会保障卡 · the number on record of a person: found by its hash, sealed, and masked where it is shown. */
const Card = z.object({
  hash: z.string(),
  numberSealed: z.string().nullable().default(null),
  on: CalendarDay,
  officerNo: z.string(),
});
type Card = z.output<typeof Card>;

const normal = (typed: string) => typed.trim().toUpperCase();
const hashOf = (number: string) => lookupHash("social-card", normal(number));
const cardPlace = (personNo: string) => `social card of person ${personNo}`;

/** The number of the person whose card this is, or null. */
export async function cardHolder(number: string): Promise<string | null> {
  const pointer = await itemAt(key.socialCard(await hashOf(number)), z.object({ personNo: z.string() }));
  return pointer?.personNo ?? null;
}

/** The card on record of a person, or null. */
export const cardOf = (personNo: string): Promise<Card | null> => itemAt(key.socialCardOf(personNo), Card);

/** The number as it is shown; of a card that was registered before numbers were sealed nothing but stars. */
export async function cardShown(personNo: string, { numberSealed }: Card): Promise<string> {
  return numberSealed ? maskNumber(await unseal(numberSealed, cardPlace(personNo))) : "********";
}

/** 登记社保卡 · the number of somebody's card; a new card takes the place of the old, whose number is nobody's any more. */
export const registerCard = (personNo: string, number: string, officerNo: string): Promise<Card> =>
  decideAndWrite(async () => {
    const hash = await hashOf(number);
    const before = await cardOf(personNo);
    if (before?.hash === hash) return { answer: before, steps: [] };
    const on = today();
    const card: Card = { hash, numberSealed: await seal(normal(number), cardPlace(personNo)), on, officerNo };
    const pointer: Step = {
      ...toPut({ ...key.socialCard(hash), personNo }, isNew),
      refusal: () => new Refusal("card-taken"),
    };
    const asRead = before ? having({ hash: before.hash }) : isNew;
    const own = toPut({ ...key.socialCardOf(personNo), ...card }, asRead);
    const gone: Step[] = before ? [toRemove(key.socialCard(before.hash))] : [];
    return { answer: card, steps: [pointer, own, ...gone] };
  });
