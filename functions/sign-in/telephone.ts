import { endpoints } from "../../shared/api/sign-in.ts";
import { networksOf } from "../address.ts";
import { handed } from "../browser.ts";
import { openSession } from "../callers/sessions.ts";
import { http } from "../http.ts";
import { returnTry, spendTry } from "../limits.ts";
import { lookupHash } from "../sealing.ts";
import { accountOfTelephone } from "./accounts.ts";
import { useCode } from "./codes.ts";
import { keptSignIn } from "./kept.ts";
import { deviceMark } from "./texts.ts";

/** POST /sign-in/telephone · 短信验证码登录: guesses are counted to where they come from, and spend no code that somebody else asked for. */
export const handler = http(endpoints["sign-in.telephone"], async ({ address, body }, browser) => {
  const { telephone, askedAs, code, inCookie } = body;
  const { own, neighbours } = networksOf(address);
  const [from, around] = [await lookupHash("address", own), await lookupHash("address", neighbours)];
  await spendTry("guess-address", from);
  await spendTry("guess-subnet", around);
  const who = await lookupHash("telephone", telephone);
  await keptSignIn({ way: "telephone", who, from }, () => useCode("sign-in", `${telephone}#${askedAs}`, code));
  await Promise.all([returnTry("guess-address", from), returnTry("guess-subnet", around)]);
  const tokens = await openSession(await accountOfTelephone(telephone));
  return { ...handed(tokens, browser, inCookie), device: await deviceMark(telephone) };
});
