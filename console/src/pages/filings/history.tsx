import { dayShown } from "../../../../shared/day.ts";
import type { FilingEvent } from "../../../../shared/filing/filing.ts";
import type { Filing } from "./words.tsx";

type Happened = Filing["history"][number];

const hands: Readonly<Record<Happened["by"], string>> = {
  self: "本人",
  guardian: "家人",
  agent: "代办人员",
  officer: "经办人员",
  provider: "医院",
  rule: "系统按规定",
};

const events: Readonly<Record<FilingEvent, string>> = {
  "take-effect": "提交，当场生效",
  "take-effect-on-commitment": "提交，凭承诺书当场生效",
  submit: "提交，等审核",
  approve: "同意",
  return: "退回补正",
  refuse: "不予备案",
  withdraw: "撤回",
  supply: "补交证明",
  "return-proof": "退回补交的证明",
  "accept-proof": "收下证明",
  change: "换成新的备案",
  end: "结束",
  revoke: "撤销",
  expire: "到期",
};

/** By whose hand, and whose name it bears where that is told. */
const handWords = ({ by, name }: Pick<Happened, "by" | "name">): string => (name ? `${hands[by]}${name}` : hands[by]);

/** 经过 · what happened to a filing, the first thing first. */
export function FilingHistory({ of: { history, stateName, sentence } }: { of: Filing }) {
  return (
    <section className="card panel said" aria-label="经过">
      <h2>经过</h2>
      <ol className="history">
        {history.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what happened is only ever added to.
          <li key={i}>
            <b>
              {handWords(one)}
              {events[one.event]}
            </b>
            {one.reason && <div className="note">{one.reason}</div>}
            <div className="muted">{dayShown(one.on)}</div>
          </li>
        ))}
        <li>
          <b>现在：{stateName}</b>
          <div className="muted">{sentence}</div>
        </li>
      </ol>
    </section>
  );
}
