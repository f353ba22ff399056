import type { Profile } from "../people/profile.ts";
import { decideAndWrite } from "../write.ts";
import { type Case, caseOf, newCase, openingCase } from "./case-store.ts";
import type { CredentialHand } from "./store.ts";
import { changing, credentialOf, suspended } from "./store.ts";
import { doubted, useOf } from "./uses-store.ts";

/** 不是我 · opens the case of a use, once, and suspends the credential in the same moment where it is still in use. */
export const doubtUse = (profile: Profile, useNo: string, words: string, by: CredentialHand): Promise<Case> =>
  decideAndWrite(async () => {
    const { personNo } = profile;
    const [use, credential] = await Promise.all([useOf(personNo, useNo), credentialOf(personNo)]);
    if (use.caseNo !== null) return { answer: await caseOf(use.caseNo), steps: [] };
    const one = newCase(profile, { kind: "not-mine", useNos: [useNo], words, filedBy: by.no });
    const change = credential?.state === "active" ? suspended(credential, by) : null;
    const made = credential && change && { ...change.next, version: credential.version + 1 };
    const steps = [
      ...openingCase(one),
      doubted(use, one.caseNo),
      ...(credential && change && made ? changing(credential, made, change, by) : []),
    ];
    return { answer: one, steps };
  });
