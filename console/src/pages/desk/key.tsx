import { useDesk } from "../../desk.tsx";
import type { Play } from "./play.ts";
import { KeyFields } from "./provider-key.tsx";
import { Refusal } from "./refusal.tsx";

/** 选机构 · whose window this is: a key pasted in, or on a demonstration one of its own. */
export function KeyForm({ play }: { play: Play }) {
  const { demonstration } = useDesk();
  return (
    <KeyFields
      title="选机构"
      verb="签到（9001）"
      demonstration={demonstration}
      busy={play.isBusy}
      submit={(key) => void play.signIn(key)}
    >
      <Refusal play={play} />
      <p className="muted">这里发的是真的报文，结算的是真的费用。</p>
    </KeyFields>
  );
}
