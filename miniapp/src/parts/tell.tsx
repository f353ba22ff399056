import { View } from "@tarojs/components";
import { createElement, type ReactNode, useEffect } from "react";
import type { Refused } from "../api.ts";
import { wayOut } from "../ask.ts";
import { go, goToTab } from "../route.ts";
import { inBrowser } from "../store.ts";
import { money, type Tone } from "../words.ts";
import { Icon } from "./icon.tsx";
import { Button, Press, role } from "./press.tsx";
import { canSpeak, hush, speak, speaking } from "./speech.ts";

/** A heading; level 1 names the page or asks its question. */
export const Heading = ({ level = 2, children }: { level?: 1 | 2; children: ReactNode }) =>
  inBrowser ? (
    createElement(`h${level}`, { className: `heading${level}` }, children)
  ) : (
    <View className={`heading${level}`} {...role("heading")}>
      {children}
    </View>
  );

/** An amount: ¥1,840.00. */
export const Amount = ({ value, large = false }: { value: string; large?: boolean }) => (
  <View className={large ? "amount large" : "amount"}>{money(value)}</View>
);

/** Something worth noticing: icon, colour and words. */
export function Note({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <View className={`note ${tone}`} {...(tone === "stop" || tone === "attention" ? role("status") : {})}>
      <Icon name={tone} />
      <View className="fill">{children}</View>
    </View>
  );
}

/** A line of a summary: what it is, and what it is for this person; `wide` where the value needs a line of its own. */
export const Fact = ({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) => (
  <View className={`fact${wide ? " wide" : ""}`}>
    <View className="name">{name}</View>
    <View className="value">{children}</View>
  </View>
);

/** Reads an explanation aloud where the phone can. */
export function ReadAloud({ words }: { words: string }) {
  const now = speaking.use();
  useEffect(() => hush, []);
  if (!canSpeak) return null;
  const on = now === words;
  return (
    <Press className="text-button" onPress={() => (on ? hush() : speak(words))}>
      <Icon name="speaker" />
      {on ? "停下" : "读给我听"}
    </Press>
  );
}

/** What stands in for an answer that has not come yet. */
export const Skeleton = () => (
  <View className="card skeleton" {...role("status")} aria-label="正在加载">
    <View className="bone short" />
    <View className="bone" />
    <View className="bone" />
  </View>
);

/** A refusal, or no answer: what happened, and the way on. */
export function Problem({ refused, onRetry }: { refused: Refused; onRetry: () => void }) {
  const [way, press] = wayOn(refused.code, onRetry);
  return (
    <View className="card problem" {...role("alert")}>
      <Note tone={refused.code === "offline" ? "attention" : "stop"}>{refused.message}</Note>
      <Button onPress={press}>{way}</Button>
    </View>
  );
}

const cures = {
  "account/sign-in": "去登录",
  "account/bind": "确认您是谁",
  "account/prove": "再核验一次",
} as const;

function wayOn(code: string, onRetry: () => void): [string, () => void] {
  const way = wayOut(code);
  if (way) return [cures[way], () => go(way)];
  if (code === "not-found") return ["回首页", () => goToTab("home")];
  return ["再试一次", onRetry];
}

/** A page in the middle of a task that was opened by itself. */
export function Lost() {
  return (
    <View className="card">
      <Note tone="plain">这一步前面的内容已经办完，或者过了太久。请从头开始。</Note>
      <Button onPress={() => goToTab("home")}>回首页</Button>
    </View>
  );
}
