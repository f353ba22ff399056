import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { inBrowser } from "../store.ts";
import { Icon, type IconName } from "./icon.tsx";

/** What an element is to a screen reader, as each platform spells it. */
export const role = (name: string) => (inBrowser ? { role: name } : { "aria-role": name });

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
