import { type ReactNode, useEffect, useState } from "react";
import { inBrowser } from "../store.ts";
import { today } from "../today.ts";
import { Field } from "./form.tsx";
import { Press } from "./press.tsx";

const betweenCodes = 60_000;

/** When another code can be had, after one was sent now (wall-clock milliseconds). */
export const nextCode = (): number => Date.now() + betweenCodes;

/** Is this a telephone that a message can go to? */
export const isTelephone = (typed: string): boolean => /^1[3-9]\d{9}$/.test(typed);

/** Is this a code as a message brings it? */
export const isSmsCode = (typed: string): boolean => /^\d{6}$/.test(typed);

/** 获取验证码 · sends a code, and counts down until it can be sent again; `again`: one was sent before this page. */
export function SendCode({
  nextCodeAt,
  busy,
  again = false,
  onSend,
}: {
  nextCodeAt: number;
  busy: boolean;
  again?: boolean;
  onSend: () => void;
}) {
  const wait = useSecondsUntil(nextCodeAt);
  return (
    <Press className="send-code" disabled={wait > 0 || busy} onPress={onSend}>
      {wait > 0 ? `${wait}秒后再发` : again || nextCodeAt > 0 ? "再发一次" : "获取验证码"}
    </Press>
  );
}

/** Whole seconds until a time of the wall clock, counted down; 0 when it has passed. */
export function useSecondsUntil(time: number): number {
  const [now, setNow] = useState(Date.now());
  const left = Math.max(0, Math.ceil((time - now) / 1_000));
  useEffect(() => {
    setNow(Date.now());
    if (time <= Date.now()) return;
    const ticking = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(ticking);
  }, [time]);
  return left;
}

/** Digits that were sent, read out or handed over. */
export function CodeField({
  label = "验证码",
  hint,
  digits = 6,
  aside,
  value,
  fault,
  onChange,
  onDone,
}: {
  label?: string;
  hint?: string;
  digits?: number;
  aside?: ReactNode;
  value: string;
  fault: string | null;
  onChange: (digits: string) => void;
  onDone: () => void;
}) {
  return (
    <Field
      label={label}
      {...(hint && { hint })}
      type="code"
      maxlength={digits}
      value={value}
      fault={fault}
      aside={aside}
      onChange={(typed) => onChange(typed.replace(/\D/g, ""))}
      onDone={onDone}
    />
  );
}

/** In the demonstration no message leaves the machine: where it can be read instead. */
export function Inbox() {
  if (!inBrowser || !today.use()?.demonstration) return null;
  return (
    <Press className="text-button" kind="link" onPress={() => window.open("/stand-ins/sms/", "_blank")}>
      演示：到短信收件箱看验证码
    </Press>
  );
}
