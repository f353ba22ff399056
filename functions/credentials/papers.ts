import { issuePaper, mondayOf, weekOf } from "../../shared/credential/paper.ts";
import { addDays } from "../../shared/day.ts";
import { config } from "../config.ts";
import type { Profile } from "../people/profile.ts";
import { coverUntilOf } from "./cover.ts";
import { bytesOf, issuerOf, wallDay } from "./issuer.ts";
import type { Credential } from "./store.ts";

/** 纸质码 · what is printed for somebody without a phone: good until Sunday, weaker than a phone's code. */
export async function printedReply(
  { personNo, name }: Profile,
  { poolingArea, pseudonym }: Credential,
  paperNo: string,
) {
  const week = weekOf(wallDay());
  const [issuer, coverUntil] = await Promise.all([
    issuerOf(poolingArea, config.credentialAlgorithm()),
    coverUntilOf(personNo),
  ]);
  const facts = { pseudonym: bytesOf(pseudonym), area: poolingArea, coverUntil, week, paperNo: bytesOf(paperNo) };
  const monday = mondayOf(week);
  return {
    text: issuePaper(facts, issuer),
    paperNo,
    name,
    from: monday,
    until: addDays(monday, 6),
    weak: true as const,
  };
}
