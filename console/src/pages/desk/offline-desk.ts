import { useCallback, useEffect, useRef, useState } from "react";
import { type HandedIn, handIn } from "../../../../hospital/codes.ts";
import type { Bundle } from "../../../../shared/credential/bundle.ts";
import type { BusinessType } from "../../../../shared/credential/credential.ts";
import { publicKeyFrom } from "../../../../shared/credential/keys.ts";
import { type Desk, openDesk, type Shelf, type Use } from "../../../../shared/credential/offline.ts";
import type { PaperShown } from "../../../../shared/credential/paper.ts";
import type { Shown } from "../../../../shared/credential/verify.ts";
import { readProviderCode } from "../../../../shared/provider/provider.ts";
import { Refusal } from "../../../../shared/refusal.ts";
import { type Key, senderOf } from "./provider-key.tsx";

/** What this browser keeps for the window: nothing of it is a secret. */
const place = (name: string) => `offline-desk:${name}`;
const kept = (name: string) => localStorage.getItem(place(name));
const keep = (name: string, value: string) => localStorage.setItem(place(name), value);
const shelf: Shelf = {
  get: async (name) => kept(name),
  set: async (name, value) => keep(name, value),
};

/** What came of a code: green or red, and why. */
export type Verdict =
  | {
      readonly kind: "good";
      readonly shown: Shown | PaperShown;
      readonly businessType: BusinessType;
      readonly at: number;
    }
  | { readonly kind: "bad"; readonly code: string; readonly sentence: string };

/** The area of a provider is its prefecture. */
const areaOf = (providerCode: string): string | null => {
  const county = readProviderCode(providerCode)?.county;
  return county ? `${county.slice(0, 4)}00` : null;
};

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** 离线窗口 · the window's bundle, its checks, and the uses that are still to be handed in. */
export function useOfflineDesk() {
  const [providerCode, setProviderCode] = useState(kept("provider") ?? "");
  const [madeAt, setMadeAt] = useState(Number(kept("newest") ?? 0));
  const [online, setOnline] = useState(navigator.onLine);
  const [waiting, setWaiting] = useState<readonly Use[]>([]);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [trouble, setTrouble] = useState("");
  const [handed, setHanded] = useState<readonly HandedIn[]>([]);
  const desk = useRef<Desk | null>(null);

  const opened = useCallback((root: string | null): Desk => {
    const key = publicKeyFrom(root ?? "");
    if (!key) throw new Refusal("bundle-stale", { detail: "还没有下载过名单" });
    desk.current ??= openDesk(shelf, key);
    return desk.current;
  }, []);
  const count = useCallback(async () => {
    if (kept("root")) setWaiting(await opened(kept("root")).queue());
  }, [opened]);

  /** Takes today's bundle. The root that was given first is believed, and no other: another one is told, not taken. */
  const update = useCallback(
    async (code: string) => {
      const area = areaOf(code);
      if (!area) return setTrouble("机构编码是字母H或P加11位数字，请再看一下。");
      setTrouble("");
      try {
        const reply = await fetch(`/api/credential/bundle?area=${area}`);
        if (!reply.ok) throw new Error("没有拿到今天的名单，请再试一次。");
        const { bundle, root } = (await reply.json()) as { bundle: string; root: string };
        const pinned = kept("root") ?? root;
        if (pinned !== root) throw new Error("名单换了签名的根，可能有人冒充：没有更新，请打12393核对。");
        const made: Bundle = await opened(pinned).load(bytesOf(bundle), Date.now());
        keep("root", pinned);
        keep("provider", code);
        setProviderCode(code);
        setMadeAt(made.madeAt);
        await count();
      } catch (error) {
        setTrouble(sentenceOf(error));
      }
    },
    [count, opened],
  );

  /** Checks a code by the bundle and notes its use. */
  const check = useCallback(
    async (text: string, businessType: BusinessType) => {
      const at = Date.now();
      try {
        const shown = await opened(kept("root")).take(text, businessType, at);
        setVerdict({ kind: "good", shown, businessType, at });
      } catch (error) {
        const code = error instanceof Refusal ? error.code : "fault";
        setVerdict({ kind: "bad", code, sentence: sentenceOf(error) });
      }
      await count();
    },
    [count, opened],
  );

  /** Hands in what waits; the key is used and not kept. */
  const tell = useCallback(
    async (key: Key) => {
      setTrouble("");
      try {
        const known = await opened(kept("root")).queue();
        const results: HandedIn[] = [];
        for (let from = 0; from < known.length; from += mostAtOnce) {
          const some = known.slice(from, from + mostAtOnce);
          results.push(...(await handIn(senderOf(key), some)));
          await opened(kept("root")).sent(some);
        }
        setHanded(results);
      } catch (error) {
        setTrouble(sentenceOf(error));
      }
      await count();
    },
    [count, opened],
  );

  useEffect(() => {
    const follow = () => setOnline(navigator.onLine);
    window.addEventListener("online", follow);
    window.addEventListener("offline", follow);
    return () => {
      window.removeEventListener("online", follow);
      window.removeEventListener("offline", follow);
    };
  }, []);
  useEffect(() => {
    void count();
    const code = kept("provider");
    if (online && code) void update(code);
  }, [online, update, count]);

  const next = () => setVerdict(null);
  return { providerCode, madeAt, online, waiting, verdict, trouble, handed, update, check, tell, next };
}

/** So many uses are handed in with one call at most. */
const mostAtOnce = 100;

const sentenceOf = (error: unknown): string => {
  if (error instanceof Refusal) return error.sentence;
  if (error instanceof TypeError) return "现在连不上网络。";
  return error instanceof Error ? error.message : String(error);
};
