import { Input, View } from "@tarojs/components";
import Taro from "@tarojs/taro";
import { createElement, type ReactNode, useEffect } from "react";
import { offline, type Refused } from "./api.ts";
import { wayOut } from "./ask.ts";
import { useElder } from "./elder.ts";
import { back, go, goToTab, type Tab } from "./route.ts";
import { canSpeak, hush, speak, speaking } from "./speech.ts";
import { inBrowser } from "./store.ts";
import { today } from "./today.ts";
import { dayWords, hotline, money, type Tone } from "./words.ts";

/** What an element is to a screen reader, as each platform spells it. */
export const role = (name: string) => (inBrowser ? { role: name } : { "aria-role": name });

export type IconName =
  | "back"
  | "forward"
  | "home"
  | "grid"
  | "person"
  | "people"
  | "coin"
  | "list"
  | "done"
  | "waiting"
  | "attention"
  | "stop"
  | "plain"
  | "speaker"
  | "telephone"
  | "letters"
  | "book"
  | "bell"
  | "calendar"
  | "receipt"
  | "back-money"
  | "check"
  | "care"
  | "question"
  | "place"
  | "camera"
  | "qr";

/** A drawing that goes with a word; it says nothing on its own. */
export const Icon = ({ name }: { name: IconName }) => (
  <View className={`icon icon-${name}`} {...(inBrowser && { "aria-hidden": "true" })} />
);

const roleOf = (kind: string) => (kind === "button" ? {} : role(kind));

/** Something to press: a real button in a browser. */
export function Press({
  className,
  label,
  disabled = false,
  checked,
  current,
  kind = "button",
  onPress,
  children,
}: {
  className: string;
  label?: string;
  disabled?: boolean;
  checked?: boolean;
  current?: boolean;
  kind?: "button" | "radio" | "checkbox" | "switch" | "link";
  onPress: () => void;
  children: ReactNode;
}) {
  const said = {
    ...(label && { "aria-label": label }),
    ...(current && { "aria-current": "page" as const }),
    ...(checked !== undefined && { "aria-checked": checked ? ("true" as const) : ("false" as const) }),
  };
  if (inBrowser) {
    return (
      <button
        type="button"
        className={`press ${className}`}
        disabled={disabled}
        onClick={onPress}
        {...said}
        {...roleOf(kind)}
      >
        {children}
      </button>
    );
  }
  const press = disabled ? {} : { onClick: onPress };
  return (
    <View
      className={`press ${className}${disabled ? " disabled" : ""}`}
      hoverClass="pressed"
      {...role(kind)}
      {...said}
      {...press}
    >
      {children}
    </View>
  );
}

/** The one thing to do next, or (`quiet`) another way on. */
export function Button({
  children,
  quiet = false,
  busy = false,
  disabled = false,
  onPress,
}: {
  children: ReactNode;
  quiet?: boolean;
  busy?: boolean;
  disabled?: boolean;
  onPress: () => void;
}) {
  return (
    <Press className={`button${quiet ? " quiet" : ""}`} disabled={disabled || busy} onPress={onPress}>
      {busy ? "请稍等……" : children}
    </Press>
  );
}

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

/** One question of a form: its name, what is typed, and beside it what is wrong. */
export function Field({
  label,
  hint,
  value,
  fault,
  type = "text",
  maxlength,
  aside,
  onChange,
  onDone,
}: {
  label: string;
  hint?: string;
  value: string;
  fault: string | null;
  type?: FieldType;
  maxlength: number;
  aside?: ReactNode;
  onChange: (value: string) => void;
  onDone?: () => void;
}) {
  return (
    <View className={`field${fault ? " faulty" : ""}`}>
      <View className="label">{label}</View>
      {hint && <View className="hint">{hint}</View>}
      <View className="row">
        <Input
          className="input"
          aria-label={label}
          {...typed(type)}
          maxlength={maxlength}
          value={value}
          onInput={(event) => onChange(event.detail.value)}
          onConfirm={() => onDone?.()}
          {...(inBrowser && { "aria-invalid": fault !== null })}
        />
        {aside}
      </View>
      {fault && (
        <View className="fault" {...role("alert")}>
          <Icon name="stop" />
          <View className="fill">{fault}</View>
        </View>
      )}
    </View>
  );
}

type FieldType = "text" | "idcard" | "code" | "tel";
const completions = { text: "off", idcard: "off", code: "one-time-code", tel: "tel-national" } as const;

/** Digits without the browser's number field, which drops leading zeros and turns with the wheel. */
function typed(type: FieldType) {
  const digits = type === "code" || type === "tel";
  if (!inBrowser) return { type: digits ? ("number" as const) : type };
  return {
    type: "text" as const,
    autoComplete: completions[type],
    ...(digits && { inputMode: "numeric" as const }),
  };
}

/** One answer of several; `many`: others may be chosen beside it. */
export function Option({
  chosen,
  many = false,
  disabled = false,
  title,
  children,
  onChoose,
}: {
  chosen: boolean;
  many?: boolean;
  disabled?: boolean;
  title: string;
  children?: ReactNode;
  onChoose: () => void;
}) {
  return (
    <Press
      className={`option${chosen ? " chosen" : ""}`}
      kind={many ? "checkbox" : "radio"}
      checked={chosen}
      disabled={disabled}
      onPress={onChoose}
    >
      <View className={many ? "dot box" : "dot"} />
      <View className="fill">
        <View className="title">{title}</View>
        {children}
      </View>
    </Press>
  );
}

/** 看得见哪里不对 · on a long page, brings what is wrong into sight as soon as it is said. */
export function useFaultInSight(said: string | null): void {
  useEffect(() => {
    if (said === null) return;
    // The classes of what was drawn already follow a moment later.
    const drawn = setTimeout(bringIntoSight, 50);
    return () => clearTimeout(drawn);
  }, [said]);
}

function bringIntoSight(): void {
  const wrong = ".faulty, .note.stop";
  if (inBrowser) {
    const shown = [...document.querySelectorAll<HTMLElement>(wrong)].find((one) => one.offsetParent !== null);
    shown?.scrollIntoView({ block: "center" });
  } else Taro.pageScrollTo({ selector: wrong, offsetTop: -120 }).catch(() => {});
}

/** The answers to one question; `many`: more than one may be given. */
export const Options = ({ label, many = false, children }: { label: string; many?: boolean; children: ReactNode }) => (
  <View className="options" {...role(many ? "group" : "radiogroup")} aria-label={label}>
    {children}
  </View>
);

/** A line of a summary: what it is, and what it is for this person; `wide` where the value needs a line of its own. */
export const Fact = ({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) => (
  <View className={`fact${wide ? " wide" : ""}`}>
    <View className="name">{name}</View>
    <View className="value">{children}</View>
  </View>
);

/** A way to something: icon, name, a sentence; `mark`: what is new there. */
export function Way({
  icon,
  title,
  about,
  mark,
  onPress,
}: {
  icon: IconName;
  title: string;
  about?: string;
  mark?: string;
  onPress: () => void;
}) {
  return (
    <Press className="way" onPress={onPress}>
      <View className="badge">
        <Icon name={icon} />
      </View>
      <View className="fill">
        <View className="title">{title}</View>
        {about && <View className="muted">{about}</View>}
      </View>
      {mark && <View className="mark">{mark}</View>}
      <Icon name="forward" />
    </Press>
  );
}

/** Something that is on or off. */
export function Switch({
  title,
  about,
  on,
  disabled = false,
  onTurn,
}: {
  title: string;
  about: string;
  on: boolean;
  disabled?: boolean;
  onTurn: (on: boolean) => void;
}) {
  return (
    <Press
      className="card switch"
      kind="switch"
      label={title}
      checked={on}
      disabled={disabled}
      onPress={() => onTurn(!on)}
    >
      <View className="fill">
        <View className="title">{title}</View>
        <View className="muted">{about}</View>
      </View>
      <View className={`track${on ? " on" : ""}`}>{on ? "开" : "关"}</View>
    </Press>
  );
}

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

/** 打电话给服务热线. */
function Hotline() {
  const call = () => {
    if (inBrowser) window.location.href = `tel:${hotline}`;
    else void Taro.makePhoneCall({ phoneNumber: hotline });
  };
  return (
    <Press className="text-button" onPress={call}>
      <Icon name="telephone" />打{hotline}问一问
    </Press>
  );
}

/** A no, or no answer: what happened, and the way on. */
export function Problem({ refused, onRetry }: { refused: Refused; onRetry: () => void }) {
  const [way, press] = wayOn(refused.code, onRetry);
  return (
    <View className="card problem" {...role("alert")}>
      <Note tone={refused.code === "offline" ? "attention" : "stop"}>{refused.message}</Note>
      <Button onPress={press}>{way}</Button>
    </View>
  );
}

const cures = { "sign-in": "去登录", bind: "确认您是谁", prove: "再核验一次" } as const;

function wayOn(code: string, onRetry: () => void): [string, () => void] {
  const way = wayOut(code);
  if (way) return [cures[way], () => go(way)];
  if (code === "not-found") return ["回首页", () => goToTab("home")];
  return ["再试一次", onRetry];
}

/** A page: the bars on top, what is on it, somebody to ask, the button at the bottom or the tabs. */
export function Page({ tab, foot, children }: { tab?: Tab; foot?: ReactNode; children: ReactNode }) {
  const [elder] = useElder();
  return (
    <View className={`page${elder ? " elder" : ""}`}>
      <Demonstration />
      <Disconnected />
      {inBrowser && !tab && (
        <View className="top">
          <Press className="text-button" onPress={back}>
            <Icon name="back" />
            返回
          </Press>
        </View>
      )}
      <View className="main">
        {children}
        <Hotline />
      </View>
      {foot && <View className="foot">{foot}</View>}
      {tab && <Tabs current={tab} />}
    </View>
  );
}

/** 演示 · says that this is one, and on which business day. */
function Demonstration() {
  const told = today.use();
  if (!told?.demonstration) return null;
  return (
    <View className="bar attention">
      <View className="fill">
        <View>演示数据，都是编造的</View>
        <View>业务日期 {dayWords(told.today)}</View>
      </View>
      {inBrowser && (
        <Press className="text-button" onPress={() => go("business-day")}>
          改日期
        </Press>
      )}
    </View>
  );
}

function Disconnected() {
  return offline.use() ? (
    <View className="bar stop" {...role("status")}>
      <Icon name="stop" />
      <View className="fill">现在没有网络，看到的可能不是最新的。</View>
    </View>
  ) : null;
}

const tabs = [
  { name: "home", title: "首页", icon: "home" },
  { name: "code", title: "医保码", icon: "qr" },
  { name: "services", title: "办事", icon: "grid" },
  { name: "me", title: "我的", icon: "person" },
] as const;

function Tabs({ current }: { current: Tab }) {
  return (
    <View className="tabs" {...role("navigation")}>
      {tabs.map(({ name, title, icon }) => (
        <Press
          key={name}
          kind="link"
          current={name === current}
          className={`tab${name === current ? " current" : ""}`}
          onPress={() => name !== current && goToTab(name)}
        >
          <Icon name={icon} />
          {title}
        </Press>
      ))}
    </View>
  );
}
