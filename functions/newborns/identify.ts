import * as z from "zod";
import { stateOn } from "../../shared/family/family.ts";
import {
  bornOnOf,
  type IdentityNumber,
  identityNumberFaults,
  normalName,
  readIdentityNumber,
  sexOf,
} from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { liveTie, tieOf } from "../family/store.ts";
import type { Tie } from "../family/tie.ts";
import { key } from "../key.ts";
import { toOutbox } from "../outbox.ts";
import { personPage } from "../people/page.ts";
import { identityNumberPlace, type Profile } from "../people/profile.ts";
import { itemAt } from "../read.ts";
import { lookupHash, seal } from "../sealing.ts";
import { decideAndWrite, having, isNew, type Step, toPut, toUpdate } from "../write.ts";
import { merged } from "./merge.ts";

/**
 * 补身份证号 · a newborn's temporary person gets its identity number; where the register has that person already, the two
 * become one. What does not agree, and a child of another household, is for an officer with the papers on the desk.
 */
export async function giveIdentityNumber(
  tie: Tie,
  wish: { readonly name: string; readonly identityNumber: string },
  asker: "guardian" | "counter",
): Promise<Tie> {
  const read = readIdentityNumber(wish.identityNumber);
  if (!read.ok) throw new Refusal("identity-number", { detail: identityNumberFaults[read.why] });
  // Somebody was faster, or the reply was lost: what stands then is looked at.
  await decideAndWrite(async () => {
    const { profile: child } = await personPage(tie.dependantNo);
    if (child.unconfirmed) throw new Refusal("newborn-unconfirmed");
    const registeredNo = await personNoOf(read.number);
    if (!child.temporary) {
      if (registeredNo !== child.personNo) throw new Refusal("has-identity-number");
      return { answer: undefined, steps: [] };
    }
    const agrees = bornOnOf(read.number) === child.bornOn && sexOf(read.number) === child.sex;
    if (!agrees && asker === "guardian") throw new Refusal("merge-at-counter");
    // A number that the register does not know is nobody's on a parent's word alone: it may be another child's.
    if (registeredNo === null && asker === "guardian") throw new Refusal("number-at-counter");
    const steps =
      registeredNo === null
        ? await identified(child, wish.name, read.number)
        : await merged(child.personNo, await mergeable(child, registeredNo, wish.name, asker));
    return steps && { answer: undefined, steps };
  });
  const { profile } = await personPage(tie.dependantNo);
  return (await liveTie(tie.guardianNo, profile.personNo)) ?? tieOf(tie.tieNo);
}

/** Throws unless the guardian of a tie holds its child today, by whatever number the child goes now. */
export async function mustHold({ guardianNo, dependantNo }: Tie): Promise<void> {
  const { profile } = await personPage(dependantNo);
  const tie = await liveTie(guardianNo, profile.personNo);
  if (!tie || stateOn(tie, today()) !== "agreed") throw new Refusal("member-not-agreed");
}

async function personNoOf(number: IdentityNumber): Promise<string | null> {
  const at = key.identityNumber(await lookupHash("identity-number", number));
  return (await itemAt(at, z.object({ personNo: z.string() })))?.personNo ?? null;
}

/** The person of the register with whom a newborn may become one; money never changes its pooling area. */
async function mergeable(child: Profile, registeredNo: string, name: string, asker: "guardian" | "counter") {
  const { profile } = await personPage(registeredNo);
  if (normalName(profile.name) !== normalName(name)) throw new Refusal("name-mismatch");
  if (profile.poolingArea !== child.poolingArea) throw new Refusal("merge-at-counter");
  // Who made up a newborn must not come to hold somebody else's child by it.
  if (asker === "guardian" && profile.household !== child.household) throw new Refusal("merge-at-counter");
  return profile.personNo;
}

/** The temporary person becomes the person of that number; nothing else moves. */
async function identified({ personNo }: Profile, name: string, number: IdentityNumber): Promise<Step[]> {
  const place = key.identityNumber(await lookupHash("identity-number", number));
  const identityNumberSealed = await seal(number, identityNumberPlace(personNo));
  const known = { name, sex: sexOf(number), bornOn: bornOnOf(number), identityNumberSealed };
  const fact = { about: "identified" as const };
  return [
    toPut({ ...place, personNo }, isNew),
    toUpdate(
      key.person(personNo),
      { set: known, remove: ["temporary"] },
      having({ temporary: true, mergedInto: undefined }),
    ),
    toOutbox([{ kind: "told", personNo, on: today(), fact }]),
  ];
}
