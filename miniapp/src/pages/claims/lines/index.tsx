import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { useState } from "react";
import { call, type FeeLine } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { Field } from "../../../parts/form.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { ofTie } from "../../../ties.ts";
import { money } from "../../../words.ts";
import "./lines.scss";

/** 费用明细 · the lines of one claim, which of them medical insurance does not pay, and a search by name. */
export default function ClaimLines() {
  const { claimNo = "", tie } = useRouter().params;
  const [typed, type] = useState("");
  const [words, search] = useState("");
  return (
    <Page>
      <Heading level={1}>费用明细</Heading>
      <View className="card">
        <Field
          label="找一项"
          hint="药名或检查名里的几个字"
          maxlength={40}
          value={typed}
          fault={null}
          onChange={type}
          onDone={() => search(typed.trim())}
        />
        <Button quiet onPress={() => search(typed.trim())}>
          找
        </Button>
      </View>
      <Lines key={words} claimNo={claimNo} tie={tie} words={words} />
    </Page>
  );
}

function Lines({ claimNo, tie, words }: { claimNo: string; tie: string | undefined; words: string }) {
  const ask = (after: string | null) =>
    call("claims.lines", {
      params: { claimNo },
      query: { ...ofTie(tie), ...(words && { q: words }), ...(after && { after }) },
    });
  const { answer, refused, again } = useAsk(`${claimNo} ${tie} ${words}`, () => ask(null));
  const [more, add] = useState<Awaited<ReturnType<typeof ask>>[]>([]);
  const { busy, said, attempt } = useAttempt<"more">();
  if (refused && !answer) return <Problem refused={refused} onRetry={again} />;
  if (!answer) return <Skeleton />;
  const lines = [answer, ...more].flatMap((page) => page.lines);
  const after = (more.at(-1) ?? answer).after;
  const next = () => attempt("more", async () => add([...more, await ask(after)]));
  const no = said("more");
  return (
    <>
      {lines.length === 0 && <Nothing words={words} />}
      {lines.map((line) => (
        <Line key={line.serial} line={line} />
      ))}
      {no && <Note tone="stop">{no}</Note>}
      {after !== null && (
        <Button quiet busy={busy === "more"} onPress={next}>
          再看一页
        </Button>
      )}
    </>
  );
}

const Nothing = ({ words }: { words: string }) => (
  <Note tone="plain">
    {words ? `没有找到名字里带“${words}”的。` : "没有明细：这笔结算撤销以后，医院可能已经改过明细。"}
  </Note>
);

const classes: Record<FeeLine["class"], string> = {
  A: "甲类，全部能算进报销",
  B: "乙类，先自己付一部分",
  C: "丙类，医保不报",
};

function Line({ line }: { line: FeeLine }) {
  const parts: readonly (readonly [string, string])[] = [
    [line.ownPay ? "医院定为自费" : "目录以外", line.outsideCatalogue],
    ["超过限价", line.overPriceCap],
    ["先自己付", line.upfront],
  ];
  const own = parts.filter(([, amount]) => amount !== "0.00");
  const back = line.total.startsWith("-");
  return (
    <View className="card line">
      <View className="fee">
        <View className="fill title">{line.name}</View>
        <View className="amount">{money(line.total)}</View>
      </View>
      <View className="muted">
        {money2(line.price)} × {line.quantity}　
        {back ? "退费" : line.ownPay ? "医院没有审批通过，自己付" : classes[line.class]}
      </View>
      {own.length > 0 && <View>其中{own.map(([name, amount]) => `${name} ${money(amount)}`).join("，")}</View>}
    </View>
  );
}

/** A price may have more than two decimals. */
const money2 = (price: string) => `¥${/\.\d{3,}$/.test(price) ? price : money(price).slice(1)}`;
