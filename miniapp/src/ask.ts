import { useDidHide, useDidShow } from "@tarojs/taro";
import { useCallback, useEffect, useRef, useState } from "react";
import { offline, Refused, signedOut } from "./api.ts";
import { go } from "./route.ts";
import { session } from "./session.ts";

/** What a page knows of something it asked for; an older answer stays while it is asked for again. */
export interface Asked<T> {
  readonly answer: T | null;
  readonly refused: Refused | null;
  readonly again: () => void;
}

/** Any error as something that can be shown. */
export const refusedBy = (error: unknown): Refused =>
  error instanceof Refused ? error : new Refused("fault", "页面出了点问题，请再试一次，或拨打12393。", 0);

/**
 * 提问 · asks when the page opens, whenever it is shown again, when `key` changes and when the network is back. Whoever is
 * not signed in is sent to sign in, once: who comes back without is told instead.
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
        if (!signedOut(refused.code) || current.sent) return;
        current.sent = true;
        go("sign-in");
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
