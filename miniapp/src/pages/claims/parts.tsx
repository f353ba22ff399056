import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { yuan } from "../../../../shared/money.ts";
import { type Claim, type Claims, call, type Pay } from "../../api.ts";
import { useAsk } from "../../ask.ts";
import { Option, Options } from "../../parts/form.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Button, Press, role } from "../../parts/press.tsx";
import { Amount, Heading, Problem, ReadAloud, Skeleton } from "../../parts/tell.tsx";
import { go } from "../../route.ts";
import { inBrowser } from "../../store.ts";
import { dayWords, money } from "../../words.ts";
import { colourOf, fundsWords, type Paid, ratioWords, standingWords } from "./words.ts";
import "./parts.scss";

/** 对我意味着什么 · what the person pays, large, and what was paid for them; `whose`: the name of a member of the family. */
export function Meaning({ paid, whose, before }: { paid: Paid; whose: string | null; before: ReactNode }) {
  const funds =
    paid.fundsTotal === "0.00" ? "医保没有付钱。" : `${fundsWords(paid)}一共付了 ${money(paid.fundsTotal)}。`;
  return (
    <>
      <View>
        <Heading level={1}>{whose ?? "您"}自己付</Heading>
        <Amount value={paid.patientTotal} large />
      </View>
      <View>
        {before}
        {funds}
      </View>
    </>
  );
}

/** 谁付了多少 · a stacked bar, and each part in words; with `onAsk` each part can be asked why. */
export function WhoPaid({ paid, whose, onAsk }: { paid: Paid; whose: string | null; onAsk?: (layer: string) => void }) {
  const parts: Pay[] = [
    ...paid.pays.map((pay) => pay),
    { layer: "own", name: whose === null ? "您自己" : "本人", amount: paid.patientTotal },
  ].filter(({ amount }) => amount !== "0.00");
  const label = parts.map(({ name, amount }) => `${name}${money(amount)}`).join("，");
  return (
    <>
      <View className="stack" {...role("img")} aria-label={label}>
        {parts.map(({ layer, amount }) => (
          <View key={layer} className={`piece ${colourOf(layer)}`} style={{ flexGrow: yuan(amount) }} />
        ))}
      </View>
      <View className="payers">
        {parts.map(({ layer, name, amount }) => (
          <Payer key={layer} layer={layer} name={name} amount={amount} {...(onAsk && { onAsk })} />
        ))}
      </View>
    </>
  );
}

function Payer({ layer, name, amount, onAsk }: Pay & { onAsk?: (layer: string) => void }) {
  const what = (
    <>
      <View className={`swatch ${colourOf(layer)}`} />
      <View className="fill">{name}</View>
      <View className="amount">{money(amount)}</View>
    </>
  );
  if (!onAsk) return <View className="payer">{what}</View>;
  return (
    <Press className="payer" label={`${name}付${money(amount)}，为什么`} onPress={() => onAsk(layer)}>
      {what}
      <View className="ask">为什么</View>
    </Press>
  );
}

/** Both ratios in words. */
export const Ratios = ({ ratios, who }: { ratios: Claims["ratios"]; who: string }) => (
  <>
    {ratioWords(ratios, who).map((one) => (
      <View key={one}>{one}</View>
    ))}
    <ReadAloud words={ratioWords(ratios, who).join("")} />
  </>
);

type Bar = Claims["progress"]["bars"][number];

/** 进度条 · one threshold or limit: how far, what is left, and on what it rests. */
export function Progress({ bar, onAsk }: { bar: Bar; onAsk: (bar: Bar) => void }) {
  const { name, used, bound, sentence, standing } = bar;
  const share = yuan(bound) > 0 ? Math.min(100, (yuan(used) / yuan(bound)) * 100) : 100;
  return (
    <View className="bar-row">
      <View className="title-row">
        <View className="title">{name}</View>
        <Press className="text-button" label={`${name}，依据`} onPress={() => onAsk(bar)}>
          依据
        </Press>
      </View>
      <View
        className="gauge"
        {...role("progressbar")}
        aria-label={name}
        {...(inBrowser && { "aria-valuenow": Math.round(share), "aria-valuemin": 0, "aria-valuemax": 100 })}
      >
        <View className={`gone ${bar.kind}`} style={{ width: `${share}%` }} />
      </View>
      <View className="title-row muted">
        <View>已累计 {money(used)}</View>
        <View>
          {bar.kind === "threshold" ? "起付线" : "最多"} {money(bound)}
        </View>
      </View>
      <View>{sentence}</View>
      {standing === "assumed" && <View className="tag assumed">{standingWords.assumed}</View>}
    </View>
  );
}

/** 依据 · the rule behind a bar. */
export const Basis = ({ bar }: { bar: Bar }) => (
  <View className="ground">
    <View>{bar.sentence}</View>
    <View className={`tag ${bar.standing}`}>{standingWords[bar.standing]}</View>
    {bar.cite && <View>{bar.cite}</View>}
    {bar.note && <View className="muted">{bar.note}</View>}
    <View className="muted">{dayWords(bar.from)}起适用</View>
    <View className="muted">这里按在本县看病算；到外地看病、病种不同时，可能不一样。</View>
  </View>
);

/** 看谁的 · oneself or a member of the family account; `open`: the choice is asked for at once. */
export function Whose({
  tie,
  open,
  onChoose,
}: {
  tie: string | null;
  open: boolean;
  onChoose: (tie: string | null) => void;
}) {
  const [shown, show] = useState(open);
  if (shown) return <Members tie={tie} onChoose={onChoose} />;
  return (
    <Press className="text-button" onPress={() => show(true)}>
      <Icon name="people" />
      看家人的费用
    </Press>
  );
}

function Members({ tie, onChoose }: { tie: string | null; onChoose: (tie: string | null) => void }) {
  const { answer, refused, again } = useAsk("family", () => call("family.members"));
  if (refused && !answer) return <Problem refused={refused} onRetry={again} />;
  if (!answer) return <Skeleton />;
  const members = answer.dependants.filter(({ state }) => state === "agreed");
  if (members.length === 0)
    return (
      <View className="card">
        <View>亲情账户里还没有家人。家人同意加入以后，才能看他的费用；您看过，他会知道。</View>
        <Button quiet onPress={() => go("family/add")}>
          添加家人
        </Button>
      </View>
    );
  return (
    <Options label="看谁的费用">
      <Option title="我自己" chosen={tie === null} onChoose={() => onChoose(null)} />
      {members.map(({ tieNo, name }) => (
        <Option key={tieNo} title={name} chosen={tie === tieNo} onChoose={() => onChoose(tieNo)} />
      ))}
    </Options>
  );
}

/** What the explanations call the person: they speak to that person, whoever reads them. */
export const SpokenTo = ({ whose }: { whose: string | null }) =>
  whose === null ? null : <View className="muted">下面说的“您”，是{whose}。</View>;

type ClauseRow = Claim["clauses"][number];

/** 依据 · steps of a settlement, each with its rule. */
export const Clauses = ({ rows }: { rows: readonly ClauseRow[] }) => (
  <>
    {rows.map((row) => (
      <Clause key={`${row.layer} ${row.item} ${row.code} ${row.formula}`} row={row} />
    ))}
  </>
);

const standingOf: Readonly<Record<string, string>> = { 载明: "stated", 推算: "derived", 假定: "assumed" };

/** One step: how its amount comes about, and the rule of it. */
function Clause({ row }: { row: ClauseRow }) {
  const standing = standingOf[row.standing];
  return (
    <View className="ground">
      {row.formula && row.item && (
        <View className="title">
          {row.layer}：{row.item}
        </View>
      )}
      {row.formula && (
        <View>
          {row.formula}
          {row.result && ` → ${money(row.result)}`}
        </View>
      )}
      {row.parameter && (
        <View>
          {row.parameter}：{row.value}
        </View>
      )}
      {standing && <View className={`tag ${standing}`}>{standingWords[standing]}</View>}
      {row.cite && <View className="muted">{row.cite}</View>}
      {row.note && <View className="muted">{row.note}</View>}
      {row.from && <View className="muted">{dayWords(row.from)}起适用</View>}
    </View>
  );
}
