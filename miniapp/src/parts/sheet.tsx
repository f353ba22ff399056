import { View } from "@tarojs/components";
import { createElement, type ReactNode, useEffect, useRef } from "react";
import { inBrowser } from "../store.ts";
import { Button } from "./press.tsx";
import { Heading } from "./tell.tsx";

/** A sheet from below that answers one question, or asks one: `act` is the yes to it, `close` the no. */
export function Sheet({
  title,
  close = "知道了",
  act,
  onClose,
  children,
}: {
  title: string | null;
  close?: string;
  act?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  if (title === null) return null;
  return (
    <>
      <View className="shade" catchMove onClick={onClose} />
      <Layer label={title} onClose={onClose}>
        <View className="scroll" {...(inBrowser && { tabIndex: 0 })}>
          <Heading>{title}</Heading>
          {children}
        </View>
        {act}
        <Button quiet={act !== undefined} onPress={onClose}>
          {close}
        </Button>
      </Layer>
    </>
  );
}

/** What lies over the page: in a browser a dialog, which has the focus for as long as it is open. */
function Layer({ label, onClose, children }: { label: string; onClose: () => void; children: ReactNode }) {
  const ref = useDialog(onClose);
  if (!inBrowser) return <View className="sheet">{children}</View>;
  const dialog = { role: "dialog", "aria-modal": "true", "aria-label": label, tabIndex: -1 };
  return createElement("div", { className: "sheet", ref, ...dialog }, children);
}

const focusable = "button:not(:disabled), input:not(:disabled), [tabindex='0']";

/** 弹层的焦点 · takes the focus, keeps Tab inside, closes on Escape, and gives the focus back to what opened it. */
function useDialog(onClose: () => void) {
  const ref = useRef<HTMLDivElement>(null);
  const closing = useRef(onClose);
  closing.current = onClose;
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    const opener = document.activeElement;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") closing.current();
      if (event.key === "Tab") keepInside(dialog, event);
    };
    dialog.focus();
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("keydown", onKey);
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    };
  }, []);
  return ref;
}

/** From the last thing that can be pressed Tab leads to the first, and back. */
function keepInside(dialog: HTMLElement, event: KeyboardEvent): void {
  const inside = [...dialog.querySelectorAll<HTMLElement>(focusable)];
  const [end, start] = event.shiftKey ? [inside[0], inside.at(-1)] : [inside.at(-1), inside[0]];
  const at = document.activeElement;
  if (at !== end && at !== dialog && dialog.contains(at)) return;
  event.preventDefault();
  start?.focus();
}
