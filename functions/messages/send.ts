import { calledBy, filledIn, noteOf, sendableAt, wording } from "../../shared/messages.ts";
import { byClock } from "../background.ts";
import { now } from "../clock.ts";
import { config } from "../config.ts";
import { guardiansOf } from "../family/held.ts";
import { logger } from "../log.ts";
import { telephoneOf } from "../people/contact.ts";
import { personPage } from "../people/page.ts";
import { telephonePlace } from "../people/profile.ts";
import { unseal } from "../sealing.ts";
import { accountOf, accountsOf, openIdOf } from "../sign-in/accounts.ts";
import { sendNotice } from "../sms.ts";
import { switchesOf } from "./settings-store.ts";
import { dueUntil, type Message, sent, takeUntil } from "./store.ts";
import { sendSubscribed } from "./subscribe.ts";

const minute = 60_000;
/** So much is sent in one run, so that it ends in time; what is left is due at the next. */
const mostAtOnce = 100;
const atATime = 5;
const mostTries = 3;

/**
 * 发送消息 · outside quiet hours, sends what is due to the person and to whoever holds them: by WeChat where they agreed to it there, else by SMS to the
 * telephone on record. Inside, it has been there all along; what fails three times stays there only.
 */
export const handler = byClock("send", async (): Promise<{ sent: number; again: number }> => {
  const counts = { sent: 0, again: 0 };
  if (sendableAt(now()) > now()) return counts;
  const due = await dueUntil(now(), mostAtOnce);
  for (let from = 0; from < due.length; from += atATime)
    await Promise.all(
      due.slice(from, from + atATime).map(async (one) => {
        const done = await attempted(one);
        if (done !== null) counts[done ? "sent" : "again"] += 1;
      }),
    );
  return counts;
});

/** Was a message sent; null where somebody else has it. */
async function attempted(message: Message): Promise<boolean | null> {
  const tries = (message.tries ?? 0) + 1;
  if (!(await takeUntil(message, now() + tries * 5 * minute))) return null;
  try {
    await sendToAll(message);
  } catch (error) {
    logger.warn("message", { about: message.fact.about, tries, error: error as Error });
    if (tries < mostTries) return false;
  }
  await sent(message);
  return true;
}

async function sendToAll(message: Message): Promise<void> {
  const { profile } = await personPage(message.personNo);
  const who = calledBy(profile.name);
  const holders = [...(profile.diedOn ? [] : [profile.personNo]), ...(await guardiansOf(profile.personNo))];
  const failures: unknown[] = [];
  const rung = new Set<string>();
  for (const holder of holders) await sendTo(holder, message, who, rung).catch((error) => failures.push(error));
  if (failures.length > 0 && failures.length === holders.length) throw failures[0];
}

/**
 * One person is sent one message: by WeChat, else by SMS, as their accounts have it switched; one telephone gets it once. What goes
 * to its person on the old way goes by both, whatever an account that may not be theirs has switched off.
 */
async function sendTo(personNo: string, message: Message, who: string, rung: Set<string>): Promise<void> {
  const { fact, oldWay } = message;
  const onOldWay = oldWay !== undefined && personNo === message.personNo;
  const { weChat, sms } = config.messageTemplates();
  const accounts = await accountsOf(personNo);
  const switches = await Promise.all(accounts.map(({ accountNo }) => switchesOf(accountNo, personNo)));
  const { title } = wording(fact, who);
  const note = noteOf(fact);
  let reached = false;
  const template = weChat[fact.about];
  for (const [i, { accountNo }] of accounts.entries()) {
    const openId = template && (onOldWay || switches[i]?.wechat) ? await openIdOf(await accountOf(accountNo)) : null;
    if (template && openId) reached = (await sendSubscribed({ openId, template, title, who, note })) || reached;
  }
  const onFile = sms[fact.about];
  // Who never signed in has no switch: the telephone on record is there to be told by.
  const wanted = accounts.length === 0 || switches.some((one) => one.sms);
  if (!onFile || (!onOldWay && (reached || !wanted))) return;
  const telephone = await (onOldWay
    ? oldWay && unseal(oldWay, telephonePlace(personNo))
    : telephoneOf((await personPage(personNo)).profile));
  if (!telephone || rung.has(telephone)) return;
  rung.add(telephone);
  await sendNotice(telephone, onFile, filledIn(fact, who));
}
