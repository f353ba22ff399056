import { handler as clear } from "../functions/attachments/clear.ts";
import { handler as expireFilings } from "../functions/filings/expire.ts";
import { handler as remind } from "../functions/messages/remind.ts";
import { handler as send } from "../functions/messages/send.ts";
import { handler as reconcile } from "../functions/payments/reconcile.ts";
import { handler as sweep } from "../functions/payments/sweep.ts";
import { handler as takeEffect } from "../functions/telephone/take-effect.ts";

/** Stands for the schedules: calls what the clock calls on AWS; `onWork` hears of each run that did something. */
export function followClock(onWork: () => void): void {
  repeatedly("sweep", 2_000, async () => {
    const { done, again } = await sweep();
    if (done + again > 0) onWork();
  });
  repeatedly("send", 2_000, async () => void (await send()));
  // A business day that was turned by hand is seen within seconds.
  repeatedly("remind", 5_000, async () => void (await remind()));
  repeatedly("expire-filings", 5_000, async () => {
    if ((await expireFilings()).expired > 0) onWork();
  });
  repeatedly("take-effect", 5_000, async () => {
    if ((await takeEffect()).changed > 0) onWork();
  });
  repeatedly("clear", 3_600_000, async () => void (await clear()));
  repeatedly("reconcile", 3_600_000, async () => {
    if (await reconcile()) onWork();
  });
}

/** Runs one after another, so many milliseconds apart, the first after the first wait. */
function repeatedly(name: string, milliseconds: number, run: () => Promise<void>): void {
  const next = async () => {
    await run().catch((error) => console.error(name, error));
    setTimeout(next, milliseconds).unref();
  };
  setTimeout(next, milliseconds).unref();
}
