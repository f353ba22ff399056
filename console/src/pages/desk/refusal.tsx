import { gatewayCodes, remedies } from "../../../../hospital/remedies.ts";
import type { RefusalCode } from "../../../../shared/refusal.ts";
import { nameOf } from "./messages.tsx";
import type { Play } from "./play.ts";

/** 拒绝 · what the gateway said no to, in its words, and what a hospital does then. */
export function Refusal({ play: { no } }: { play: Pick<Play, "no"> }) {
  if (!no) return null;
  const remedy = gatewayCodes[no.code as RefusalCode];
  return (
    <div className="band stop desk-no" role="alert">
      <b>
        {no.transaction} {nameOf(no.transaction)}没有办成
      </b>
      <span>
        {no.sentence} {no.code && <code>{no.code}</code>}
      </span>
      {remedy && <span>怎么办：{remedies[remedy].zh}</span>}
    </div>
  );
}
