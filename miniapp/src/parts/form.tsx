import { Input, View } from "@tarojs/components";
import Taro from "@tarojs/taro";
import { type ReactNode, useEffect } from "react";
import { inBrowser } from "../store.ts";
import { Icon } from "./icon.tsx";
import { Press, role } from "./press.tsx";

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

/** The answers to one question; `many`: more than one may be given. */
export const Options = ({ label, many = false, children }: { label: string; many?: boolean; children: ReactNode }) => (
  <View className="options" {...role(many ? "group" : "radiogroup")} aria-label={label}>
    {children}
  </View>
);

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
