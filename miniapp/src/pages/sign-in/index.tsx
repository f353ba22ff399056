import { View } from "@tarojs/components";
import Taro from "@tarojs/taro";
import { useEffect, useState } from "react";
import { call, Refused } from "../../api.ts";
import { refusedBy } from "../../ask.ts";
import { signingIn } from "../../drafts.ts";
import { Button, Field, Heading, Note, Page, Press } from "../../parts.tsx";
import { forgetQuotes } from "../../quotes.ts";
import { back } from "../../route.ts";
import { session, type Tokens } from "../../session.ts";
import { inBrowser } from "../../store.ts";
import { today } from "../../today.ts";

/** 登录 · by WeChat in WeChat, by a code to the telephone in a browser; then back to where one was. */
export default function SignIn() {
  return (
    <Page>
      <Heading level={1}>登录</Heading>
      {inBrowser ? <ByTelephone /> : <ByWeChat />}
    </Page>
  );
}

function signedIn(tokens: Tokens): void {
  forgetQuotes();
  session.set(tokens);
  signingIn.clear();
  back();
}

/** Which of the fields a no belongs to. */
type Fault = { readonly field: "telephone" | "code" | "form"; readonly words: string } | null;

const betweenCodes = 60;

function ByTelephone() {
  const { telephone, code, validMinutes, nextCodeAt } = signingIn.use();
  const [fault, setFault] = useState<Fault>(null);
  const [busy, setBusy] = useState<"sending" | "signing-in" | null>(null);
  const wait = useSecondsUntil(nextCodeAt);
  const sent = nextCodeAt > 0;
  const said = (field: NonNullable<Fault>["field"]) => (fault?.field === field ? fault.words : null);

  const attempt = async (
    what: "sending" | "signing-in",
    run: () => Promise<void>,
    field: NonNullable<Fault>["field"],
  ) => {
    setFault(null);
    setBusy(what);
    try {
      await run();
    } catch (error) {
      setFault({ field, words: refusedBy(error).message });
    } finally {
      setBusy(null);
    }
  };
  const isTelephone = () => {
    if (/^1[3-9]\d{9}$/.test(telephone)) return true;
    setFault({ field: "telephone", words: "手机号应为11位数字，请再看一下。" });
    return false;
  };
  const send = () => {
    if (!isTelephone()) return;
    void attempt(
      "sending",
      async () => {
        const { validMinutes } = await call("sign-in.send-code", { body: { telephone } });
        signingIn.change({ validMinutes, nextCodeAt: Date.now() + betweenCodes * 1_000 });
      },
      "telephone",
    );
  };
  const signIn = () => {
    if (!isTelephone()) return;
    if (!/^\d{6}$/.test(code)) return setFault({ field: "code", words: "验证码是短信里的6位数字。" });
    void attempt(
      "signing-in",
      async () => signedIn(await call("sign-in.telephone", { body: { telephone, code } })),
      "code",
    );
  };

  return (
    <View className="card">
      <Field
        label="手机号"
        type="tel"
        maxlength={11}
        value={telephone}
        fault={said("telephone")}
        onChange={(value) => signingIn.change({ telephone: value.replace(/\D/g, "") })}
        aside={
          <Press className="send-code" disabled={wait > 0 || busy !== null} onPress={send}>
            {wait > 0 ? `${wait}秒后再发` : sent ? "再发一次" : "获取验证码"}
          </Press>
        }
      />
      {sent && !fault && <Note tone="done">验证码已用短信发出，{validMinutes}分钟内有效。</Note>}
      <Field
        label="验证码"
        type="code"
        maxlength={6}
        value={code}
        fault={said("code")}
        onChange={(value) => signingIn.change({ code: value.replace(/\D/g, "") })}
        onDone={signIn}
      />
      <Button busy={busy === "signing-in"} onPress={signIn}>
        登录
      </Button>
      <View className="muted">手机号只用来登录和收验证码。</View>
      <Inbox />
    </View>
  );
}

/** In the demonstration no message leaves the machine: where it can be read instead. */
function Inbox() {
  if (!today.use()?.demonstration) return null;
  return (
    <Press className="text-button" kind="link" onPress={() => window.open("/stand-ins/sms/", "_blank")}>
      演示：到短信收件箱看验证码
    </Press>
  );
}

function useSecondsUntil(time: number): number {
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

function ByWeChat() {
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const signIn = async () => {
    setFault("");
    setBusy(true);
    try {
      const { code } = await Taro.login();
      signedIn(await call("sign-in.wechat", { body: { code } }));
    } catch (error) {
      setFault(error instanceof Refused ? error.message : "微信登录没有成功，请再试一次。");
    } finally {
      setBusy(false);
    }
  };
  return (
    <View className="card">
      <View>用您的微信登录，不用记密码。</View>
      {fault && <Note tone="stop">{fault}</Note>}
      <Button busy={busy} onPress={signIn}>
        微信登录
      </Button>
    </View>
  );
}
