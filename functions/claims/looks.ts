import { endpoints } from "../../shared/api/claims.ts";
import { familyLooks } from "../audit.ts";
import { http } from "../http.ts";
import { factsOf } from "../people/facts.ts";

/** GET /looks · 家人看过我的费用: which guardian, on which day, what kind of page, how often. */
export const handler = http(endpoints["claims.looks"], async ({ resident: { personNo } }) => {
  const looks = await familyLooks(personNo);
  const guardians = [...new Set(looks.map(({ guardianNo }) => guardianNo))];
  const names = new Map(
    await Promise.all(guardians.map(async (one) => [one, (await factsOf(one, [])).profile.name] as const)),
  );
  const told = new Map<string, Omit<(typeof looks)[number], "guardianNo"> & { name: string; times: number }>();
  for (const { guardianNo, on, call } of looks) {
    const same = `${guardianNo}#${on}#${call}`;
    const times = (told.get(same)?.times ?? 0) + 1;
    told.set(same, { name: names.get(guardianNo)!, on, call, times });
  }
  return { looks: [...told.values()] };
});
