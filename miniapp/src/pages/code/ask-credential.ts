import { type Credential, call, type Member, type Refused } from "../../api.ts";
import { refusedBy, type WayOut, wayOut } from "../../ask.ts";
import { session } from "../../session.ts";
import { renewIfDue } from "../credentials/device-key.ts";
import { follow } from "../credentials/phone-codes.ts";

/** What the API said of a credential; `way`: what has to be done first before it says anything. */
export interface Told {
  readonly credential: Credential | null;
  readonly family: readonly Member[];
  readonly way: WayOut | null;
}

const untold = (way: Told["way"]): Told => ({ credential: null, family: [], way });

/** 问医保码 · asks for a credential and for whom else one may show; who has to prove who they are is told so, not sent away from their code. */
export async function askCredential(tie: string | null): Promise<Told> {
  if (!session.get()) return untold("account/sign-in");
  try {
    const [credential, { dependants }] = await Promise.all([
      call("credentials.mine", { query: tie === null ? {} : { tie } }),
      call("family.members"),
    ]);
    follow(tie, credential);
    await renewIfDue(tie, credential.coverUntil);
    return { credential, family: dependants.filter(({ state }) => state === "agreed"), way: null };
  } catch (error) {
    const refused: Refused = refusedBy(error);
    const way = wayOut(refused.code);
    // What this phone shows is kept good by its own key, whether or not its holder proved anew.
    if (way === "account/prove") await renewIfDue(tie).catch(() => {});
    if (way) return untold(way);
    throw error;
  }
}
