import { View } from "@tarojs/components";
import type { Choice, Owed } from "../../../api.ts";
import { Sheet } from "../../../parts/sheet.tsx";
import { ReadAloud } from "../../../parts/tell.tsx";
import { dayWords } from "../../../words.ts";
import { type Question, questions, type Rule, reasonsFor, ruleName, standingWords, titleOf } from "./why.ts";

/** 为什么 · the answer to a question about an amount: sentences first, then each rule with its document. */
export function Why({
  quote,
  choice,
  question,
  onClose,
}: {
  quote: Owed["quote"];
  choice: Choice;
  question: Question | null;
  onClose: () => void;
}) {
  const reasons = question ? reasonsFor(quote, question, choice) : [];
  return (
    <Sheet title={question && `为什么：${questions[question].title}`} onClose={onClose}>
      {reasons.map(({ sentence }) => (
        <View key={sentence}>{sentence}</View>
      ))}
      <ReadAloud words={reasons.map(({ sentence }) => sentence).join("")} />
      {reasons.flatMap(({ rules }) => rules.map((rule) => <Ground key={rule.parameter} rule={rule} />))}
    </Sheet>
  );
}

/** One rule: what it is about, how well it is known, and where it stands. */
function Ground({ rule }: { rule: Rule }) {
  const title = titleOf(rule);
  return (
    <View className="ground">
      <View className="title">{ruleName(rule)}</View>
      <View className={`tag ${rule.standing}`}>{standingWords(rule)}</View>
      {title && <View>{title}</View>}
      {rule.cite && <View className="muted">{rule.cite}</View>}
      {rule.note && <View className="muted">{rule.note}</View>}
      <View className="muted">{dayWords(rule.from)}起适用</View>
    </View>
  );
}
