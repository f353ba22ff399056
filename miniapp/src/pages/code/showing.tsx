import { Image, View } from "@tarojs/components";
import Taro, { useDidHide, useDidShow } from "@tarojs/taro";
import { createElement, useEffect, useState } from "react";
import { Icon } from "../../parts/icon.tsx";
import { useSecondsUntil } from "../../parts/one-time-code.tsx";
import { Press } from "../../parts/press.tsx";
import { qrPicture } from "../../parts/qr.ts";
import { Heading, Note } from "../../parts/tell.tsx";
import { inBrowser } from "../../store.ts";
import { dayWords } from "../../words.ts";
import { nextCode, noteShowing } from "../credentials/device-key.ts";
import type { PhoneCode } from "../credentials/phone-codes.ts";
import { layBy } from "./offline-shell.ts";
import "./showing.scss";

/** 出示 · a code of now, large, with the seconds that it still lasts; another one follows by itself. */
export function Showing({ code, whose }: { code: PhoneCode; whose: string }) {
  const visible = useVisible();
  const [turn, setTurn] = useState(0);
  const [whole, setWhole] = useState(false);
  const { picture, until, failed } = useDrawn(code.tie, visible, turn);
  const left = useSecondsUntil(until);
  useBright(visible);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is noted once each time that it comes onto the screen.
  useEffect(() => {
    if (visible) noteShowing(code);
  }, [visible]);
  useEffect(() => {
    if (visible && until > 0 && left === 0) setTurn((before) => before + 1);
  }, [visible, until, left]);
  const covered = code.coverUntil ? `医保到${dayWords(code.coverUntil)}` : "今天没有医保待遇";
  return (
    <View className={`card center showing${whole ? " whole" : ""}`}>
      <Heading>{whose}</Heading>
      <View className="muted">{covered}</View>
      {failed ? (
        <Note tone="stop">这部手机的密钥打不开了，请到“管理医保码”里移除这部手机，再重新开通。</Note>
      ) : (
        <>
          <Press className="shown-code" label={whole ? "缩小" : "放大"} onPress={() => setWhole(!whole)}>
            {picture ? <Picture src={picture} label={`医保码，还有${left}秒更新`} /> : <View className="shown-space" />}
          </Press>
          <View className="countdown">
            <Icon name="waiting" />
            {left > 0 ? `${left}秒后自动换新码` : "正在换新码"}
          </View>
          <View className="buttons">
            <Press className="text-button" onPress={() => setTurn(turn + 1)}>
              马上换一个
            </Press>
            <Press className="text-button" onPress={() => setWhole(!whole)}>
              {whole ? "缩小" : "放大"}
            </Press>
          </View>
        </>
      )}
      <View className="muted">医保码不显示姓名和身份证号。截图不能用，请当面打开这一页。</View>
    </View>
  );
}

function Picture({ src, label }: { src: string; label: string }) {
  if (inBrowser) return createElement("img", { src, alt: label, className: "shown-picture" });
  return <Image className="shown-picture" src={src} aria-label={label} />;
}

/** Is the page on the screen? */
function useVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useDidShow(() => setVisible(true));
  useDidHide(() => setVisible(false));
  return visible;
}

/** WeChat turns the screen up and keeps it on while a code is shown, and back as it was; a browser can do neither. */
function useBright(on: boolean): void {
  useEffect(() => {
    if (inBrowser || !on) return;
    let before: number | null = null;
    void Taro.getScreenBrightness({
      success: ({ value }) => {
        before = value;
        void Taro.setScreenBrightness({ value: 1 });
      },
    });
    void Taro.setKeepScreenOn({ keepScreenOn: true });
    return () => {
      if (before !== null) void Taro.setScreenBrightness({ value: before });
      void Taro.setKeepScreenOn({ keepScreenOn: false });
    };
  }, [on]);
}

interface Drawn {
  readonly picture: string;
  readonly until: number;
  readonly failed: boolean;
}

/** Draws a code of now whenever the page comes onto the screen, and for each turn. */
function useDrawn(tie: string | null, visible: boolean, turn: number): Drawn {
  const [drawn, setDrawn] = useState<Drawn>({ picture: "", until: 0, failed: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn draws another one.
  useEffect(() => {
    if (!visible) return;
    let stopped = false;
    const show = (next: Drawn) => stopped || setDrawn(next);
    nextCode(tie).then(
      (next) => {
        show(next ? { picture: qrPicture(next.text), until: next.until, failed: false } : unreadable);
        // Only now is everything here that it takes to show one.
        void layBy().catch(() => {});
      },
      () => show(unreadable),
    );
    return () => {
      stopped = true;
    };
  }, [tie, visible, turn]);
  return drawn;
}

const unreadable: Drawn = { picture: "", until: 0, failed: true };
