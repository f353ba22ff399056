import { View } from "@tarojs/components";
import { useRef, useState } from "react";
import { call, type FilingExample } from "../../api.ts";
import { useAsk } from "../../ask.ts";
import { Field } from "../../parts/form.tsx";
import { Press } from "../../parts/press.tsx";
import { Sheet } from "../../parts/sheet.tsx";
import { Amount, Heading, Note, Problem, ReadAloud, Skeleton } from "../../parts/tell.tsx";
import { ofTie } from "../../ties.ts";
import { amountText, money } from "../../words.ts";
import { Clauses, SpokenTo, WhoPaid } from "../claims/parts.tsx";

type Case = FilingExample["cases"][number];
const levels = [
  ["tertiary", "三级医院"],
  ["secondary", "二级医院"],
  ["primary", "一级医院"],
] as const;
const totals = ["5000.00", "20000.00", "50000.00"];

/** 对我有什么不同 · one example bill without a filing and with this one, each as `settle` computes it. */
export function Example({
  tie,
  whose,
  destination,
  group,
}: {
  tie: string | null;
  whose: string | null;
  destination: string;
  group: Case["filing"];
}) {
  const [level, choose] = useState<(typeof levels)[number][0]>("tertiary");
  const [total, set] = useState("20000.00");
  const [typed, type] = useState("");
  const { answer, refused, again } = useAsk(`${tie} ${destination} ${level} ${total}`, () =>
    call("filings.example", { query: ofTie(tie), body: { destination, level, total } }),
  );
  const last = useRef<FilingExample | null>(null);
  last.current = answer ?? last.current;
  const other = amountText(typed);
  return (
    <View className="card">
      <Heading>备案以后，看病花的钱有什么不同</Heading>
      <View className="label">假如住院花了</View>
      <View className="years">
        {totals.map((one) => (
          <Press
            key={one}
            className={`year${one === total ? " chosen" : ""}`}
            current={one === total}
            onPress={() => {
              type("");
              set(one);
            }}
          >
            {money(one).replace(".00", "")}
          </Press>
        ))}
      </View>
      <Field
        label="别的数"
        hint="整数就行，比如：8000"
        type="code"
        maxlength={7}
        value={typed}
        fault={typed !== "" && other === null ? "请填1到9999999之间的数。" : null}
        onChange={(words) => {
          type(words);
          const wanted = amountText(words);
          if (wanted) set(wanted);
        }}
      />
      <View className="label">住在</View>
      <View className="years">
        {levels.map(([name, words]) => (
          <Press
            key={name}
            className={`year${name === level ? " chosen" : ""}`}
            current={name === level}
            onPress={() => choose(name)}
          >
            {words}
          </Press>
        ))}
      </View>
      {refused && <Problem refused={refused} onRetry={again} />}
      {!refused && !last.current && <Skeleton />}
      {!refused && last.current && <Compared example={last.current} whose={whose} group={group} />}
    </View>
  );
}

function Compared({ example, whose, group }: { example: FilingExample; whose: string | null; group: Case["filing"] }) {
  const [all, showAll] = useState(false);
  const [asked, ask] = useState<Case | null>(null);
  const { cases, same, sentences } = example;
  const telling = same ? cases.slice(0, 1) : cases.filter(({ filing }) => filing === "none" || filing === group);
  const shown = all ? cases : telling;
  return (
    <>
      <SpokenTo whose={whose} />
      {(same ? sentences : sentences.slice(0, 1)).map((one) => (
        <View key={one}>{one}</View>
      ))}
      <ReadAloud words={sentences.join("")} />
      {!same && telling.every(({ patientTotal }) => patientTotal === telling[0]?.patientTotal) && (
        <Note tone="plain">这样算下来，这一类备案和不备案，您自己付的一样多。</Note>
      )}
      {shown.map((one) => (
        <View key={one.filing} className="case">
          <View className="title">{same && !all ? "备案、不备案都一样" : one.name}</View>
          <View className="owing">
            <View>{whose === null ? "您自己付" : "本人付"}</View>
            <Amount value={one.patientTotal} large />
          </View>
          <WhoPaid paid={one} whose={whose} />
          {one.clauses.length > 0 && (
            <Press className="why" label={`${one.name}，为什么是这个数`} onPress={() => ask(one)}>
              为什么
            </Press>
          )}
        </View>
      ))}
      {shown.length < cases.length && !same && (
        <Press className="text-button" onPress={() => showAll(true)}>
          看别的备案怎么算
        </Press>
      )}
      <Note tone="plain">
        这是举例：假设这笔钱都在医保目录里，按今年已经花的往下算。真看病时，目录以外的要自己付。
        {cases.some(({ assumed }) => assumed) && "有的规定没有查到文件，是按估计的数算的，可能和当地实际不同。"}
      </Note>
      <Sheet title={asked && `${asked.name}：为什么`} onClose={() => ask(null)}>
        {asked && <Clauses rows={asked.clauses} />}
      </Sheet>
    </>
  );
}
