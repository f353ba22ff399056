import { Popup } from "@nutui/nutui-react-taro";
import { View } from "@tarojs/components";
import type { Choice, Owed } from "./api.ts";
import { Button, Heading, ReadAloud } from "./parts.tsx";
import { inBrowser } from "./store.ts";
import { type Question, questions, type Rule, reasonsFor, ruleName, standingWords, titleOf } from "./why.ts";
import { dayWords } from "./words.ts";

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
    <Popup visible={question !== null} position="bottom" destroyOnClose onClose={onClose}>
      <View
        className="sheet"
        {...(inBrowser &&
          question && { role: "dialog", "aria-modal": "true", "aria-label": questions[question].title })}
      >
        <View className="scroll">
          <Heading>为什么：{question && questions[question].title}</Heading>
          {reasons.map(({ sentence }) => (
            <View key={sentence}>{sentence}</View>
          ))}
          <ReadAloud words={reasons.map(({ sentence }) => sentence).join("")} />
          {reasons.flatMap(({ rules }) => rules.map((rule) => <Ground key={rule.parameter} rule={rule} />))}
        </View>
        <Button onPress={onClose}>知道了</Button>
      </View>
    </Popup>
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
