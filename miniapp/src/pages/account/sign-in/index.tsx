import { View } from "@tarojs/components";
import Taro from "@tarojs/taro";
import { useState } from "react";
import { call, inCookie, Refused } from "../../../api.ts";
import { useAttempt } from "../../../ask.ts";
import { Field } from "../../../parts/form.tsx";
import { CodeField, Inbox, isSmsCode, isTelephone, nextCode, SendCode } from "../../../parts/one-time-code.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Heading, Note } from "../../../parts/tell.tsx";
import { forgetQuotes } from "../../../quotes.ts";
import { back } from "../../../route.ts";
import { knownDevice, leaving, session, type Tokens } from "../../../session.ts";
import { inBrowser } from "../../../store.ts";
import { signingIn } from "../drafts.ts";

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
  leaving.set(null);
  session.set(tokens);
  signingIn.clear();
  back();
}

function ByTelephone() {
  const { telephone, code, askedAs, validMinutes, nextCodeAt } = signingIn.use();
  const { busy, said, refuse, attempt } = useAttempt<"telephone" | "code">();
  const typedTelephone = () => {
    if (!isTelephone(telephone)) refuse("telephone", "手机号应为11位数字，请再看一下。");
    return isTelephone(telephone);
  };
  const send = () => {
    if (!typedTelephone()) return;
    attempt("telephone", async () => {
      const known = knownDevice.get();
      const device = known?.telephone === telephone ? { device: known.mark } : {};
      const { validMinutes, askedAs } = await call("sign-in.send-code", { body: { telephone, ...device } });
      signingIn.change({ validMinutes, askedAs, nextCodeAt: nextCode() });
    });
  };
  const signIn = () => {
    if (!typedTelephone()) return;
    if (!isSmsCode(code)) return refuse("code", "验证码是短信里的6位数字。");
    if (!askedAs) return refuse("code", "请先点“获取验证码”，再填短信里的6位数字。");
    attempt("code", async () => {
      const body = { telephone, askedAs, code, ...inCookie };
      const { device: mark, ...tokens } = await call("sign-in.telephone", { body });
      knownDevice.set({ telephone, mark });
      signedIn(tokens);
    });
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
        aside={<SendCode nextCodeAt={nextCodeAt} busy={busy !== null} onSend={send} />}
      />
      {nextCodeAt > 0 && !said("telephone") && !said("code") && (
        <Note tone="done">验证码已用短信发出，{validMinutes}分钟内有效。</Note>
      )}
      <CodeField
        value={code}
        fault={said("code")}
        onChange={(digits) => signingIn.change({ code: digits })}
        onDone={signIn}
      />
      <Button busy={busy === "code"} onPress={signIn}>
        登录
      </Button>
      <View className="muted">手机号只用来登录和收验证码。</View>
      <Inbox />
    </View>
  );
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
