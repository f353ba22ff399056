import { type MouseEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** Where letters are typed, or a dialog has the floor, they are not commands. A choice just made with the mouse types none. */
const isBusy = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest("input:not([type=radio]), textarea, select, [contenteditable], [role=dialog]") !== null;

/** 键盘 · single-key commands of a page: "j", "/", … */
export function useKeys(commands: Readonly<Record<string, () => void>>): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = latest.current[event.key];
      if (!command || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      event.preventDefault();
      command();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** Moves the focus to the next (or previous) row on the page; rows are marked with `data-row`. Enter is the row's own. */
export function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** j and k walk the rows, beside a page's own keys. */
export const useRowKeys = (own: Readonly<Record<string, () => void>> = {}): void =>
  useKeys({ j: () => moveRow(1), k: () => moveRow(-1), ...own });

/** A click anywhere in a row is a click on what the row opens. */
export function openRow({ target, currentTarget }: MouseEvent<HTMLElement>): void {
  if (target instanceof Element && !target.closest("a, button"))
    currentTarget.querySelector<HTMLElement>("[data-row]")?.click();
}

/** Is the page being printed? A sheet of a thousand rows is built only then. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const medium = window.matchMedia("print");
    // The browser takes its picture when the event returns: the sheet must stand by then.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    const change = () => (medium.matches ? begin() : end());
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    medium.addEventListener("change", change);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
      medium.removeEventListener("change", change);
    };
  }, []);
  return printing;
}
