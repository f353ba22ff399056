import { useDidHide, useDidShow } from "@tarojs/taro";
import { useCallback, useEffect, useRef, useState } from "react";
import { call, offline, Refused, signedOut } from "./api.ts";
import { go } from "./route.ts";
import type { PageName } from "./screens.ts";
import { session } from "./session.ts";

/** What a page knows of something it asked for; an older answer stays while it is asked for again. */
export interface Asked<T> {
  readonly answer: T | null;
  readonly refused: Refused | null;
  readonly again: () => void;
}

export type WayOut = Extract<PageName, "account/sign-in" | "account/bind" | "account/prove">;

/** Where a refusal can be cured, to come back from: sign in, say who one is, prove it; null where it cannot. */
export function wayOut(code: string): WayOut | null {
  if (signedOut(code)) return "account/sign-in";
  if (code === "not-bound") return "account/bind";
  return code === "proof-needed" || code === "proof-too-old" ? "account/prove" : null;
}

/** Any error as something that can be shown. */
export const refusedBy = (error: unknown): Refused =>
  error instanceof Refused ? error : new Refused("fault", "页面出了点问题，请再试一次，或拨打12393。", 0);

/**
 * 提问 · asks when the page opens, whenever it is shown again, when `key` changes and when the network is back. Whoever is
 * not signed in, or has to prove who they are, is sent there, once: who comes back without is told instead.
 */
export function useAsk<T>(key: string, ask: () => Promise<T>): Asked<T> {
  const [state, setState] = useState<{ key: string; answer: T | null; refused: Refused | null }>({
    key,
    answer: null,
    refused: null,
  });
  const latest = useRef({ ask, key, turn: 0, sent: false });
  latest.current.ask = ask;
  latest.current.key = key;

  const again = useCallback(() => {
    const { current } = latest;
    const turn = ++current.turn;
    const asked = current.key;
    current.ask().then(
      (answer) => {
        current.sent = false;
        if (turn === current.turn) setState({ key: asked, answer, refused: null });
      },
      (error) => {
        if (turn !== current.turn) return;
        const refused = refusedBy(error);
        setState((before) => ({ key: asked, answer: before.key === asked ? before.answer : null, refused }));
        const way = wayOut(refused.code);
        if (!way || way === "account/bind" || current.sent) return;
        current.sent = true;
        go(way);
      },
    );
  }, []);

  const signedIn = session.use() !== null;
  const asks = `${key} ${signedIn}`;
  const connected = !offline.use();
  const before = useRef("");
  useEffect(() => {
    // Losing the network is no reason to ask; having it back, or another question, is.
    if (connected || before.current !== asks) again();
    before.current = asks;
  }, [asks, connected, again]);
  const hidden = useRef(false);
  useDidHide(() => {
    hidden.current = true;
  });
  useDidShow(() => {
    if (hidden.current) again();
    hidden.current = false;
  });
  return state.key === key ? { answer: state.answer, refused: state.refused, again } : { ...nothing, again };
}

const nothing = { answer: null, refused: null };

/** 先核验 · asks whether the session has just proven, before anything is typed; who has not is led there, and back. */
export const useFresh = (): Asked<true> =>
  useAsk<true>("fresh", async () => {
    await mustBeFresh();
    return true;
  });

/** Refuses, as the API does for what can hurt, whoever has not proven within the half hour who they are. */
export async function mustBeFresh(): Promise<void> {
  const { proof } = await call("proof.ways");
  if (!proof?.fresh) throw new Refused("proof-too-old", "这一步要刚刚核验过是您本人，请再核验一次。", 403);
}

type Beside<What> = (code: string) => What | undefined;

/**
 * 办一件事 · runs what a press asks for, one at a time. A refusal is kept beside what was asked; one that can be cured elsewhere
 * leads there, and what was typed waits.
 */
export function useAttempt<What extends string>() {
  const [busy, setBusy] = useState<What | null>(null);
  const running = useRef(false);
  const [no, setNo] = useState<{ readonly what: What; readonly words: string } | null>(null);
  const attempt = async (what: What, run: () => Promise<unknown>, beside: Beside<What>): Promise<void> => {
    // Two presses may come before the first has drawn the button anew.
    if (running.current) return;
    running.current = true;
    setNo(null);
    setBusy(what);
    try {
      await run();
    } catch (error) {
      const { code, message } = refusedBy(error);
      const way = wayOut(code);
      if (way) go(way);
      else setNo({ what: beside(code) ?? what, words: message });
    } finally {
      running.current = false;
      setBusy(null);
    }
  };
  return {
    busy,
    said: (what: What): string | null => (no?.what === what ? no.words : null),
    /** What was said does not count any more: something else was answered. */
    forget: () => setNo(null),
    /** Says a refusal of the page's own beside what was asked. */
    refuse: (what: What, words: string) => setNo({ what, words }),
    /** `beside`: what a refusal belongs to, by its code, where that is something else. */
    attempt: (what: What, run: () => Promise<unknown>, beside: Beside<What> = () => undefined) =>
      void attempt(what, run, beside),
  };
}
