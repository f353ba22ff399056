import { View } from "@tarojs/components";
import { useState } from "react";
import type { Answered } from "../../../../../shared/api/endpoint.ts";
import type { Endpoints } from "../../../../../shared/api/endpoints.ts";
import { call } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { Field } from "../../../parts/form.tsx";
import { CodeField, Inbox, isSmsCode, nextCode, SendCode } from "../../../parts/one-time-code.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press, Way } from "../../../parts/press.tsx";
import { Heading, Note, Problem, ReadAloud, Skeleton } from "../../../parts/tell.tsx";
import { back } from "../../../route.ts";
import { inBrowser } from "../../../store.ts";
import { today } from "../../../today.ts";
import { proving } from "../drafts.ts";

type Known = Answered<Endpoints["proof.ways"]>;
type ProofWay = NonNullable<Known["proof"]>["by"];
type Proof = Parameters<typeof call<"proof.prove">>[1]["body"];

const why = "家人、手机号这些事关系到您的钱和隐私。再核验一次，别人拿到您的手机也办不了。";

/** 再核验一次 · proves that it is the person, in one of the ways open to them; then back to where one was. */
export default function Prove() {
  const { answer, refused, again } = useAsk("prove", () => call("proof.ways"));
  return (
    <Page>
      <Heading level={1}>再核验一次是您本人</Heading>
      <View>{why}</View>
      <ReadAloud words={why} />
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer?.proof && <Proven />}
      {answer && !answer.proof && <Ways ways={answer.ways} />}
    </Page>
  );
}

function Proven() {
  return (
    <View className="card">
      <Note tone="done">已经核验过了，可以接着办。</Note>
      <Button onPress={back}>接着办</Button>
    </View>
  );
}

function Ways({ ways }: { ways: Known["ways"] }) {
  const demonstration = today.use()?.demonstration === true;
  const [way, choose] = useState<ProofWay>(ways.telephone ? "telephone" : "counter");
  // Where the verifier is opened from is its own affair; only the demonstration's page gives its ticket to be typed.
  const face = ways.face && inBrowser && demonstration;
  return (
    <>
      {way === "telephone" && ways.telephone && <ByTelephone telephone={ways.telephone} />}
      {way === "counter" && <ByCounter recorded={ways.telephone !== null} />}
      {way === "face" && <ByFace />}
      {(ways.telephone || face) && <Heading>换一种办法</Heading>}
      <View className="ways">
        {ways.telephone && way !== "telephone" && (
          <Way
            icon="telephone"
            title="用短信验证码"
            about={`发到 ${ways.telephone}`}
            onPress={() => choose("telephone")}
          />
        )}
        {way !== "counter" && (
          <Way
            icon="list"
            title="用窗口给的核验码"
            about="手机号不用了、收不到短信，用这个"
            onPress={() => choose("counter")}
          />
        )}
        {face && way !== "face" && <Way icon="person" title="人脸核验" onPress={() => choose("face")} />}
      </View>
    </>
  );
}

/** Sends the proof, and goes back where it held. */
function useProof() {
  const { attempt, ...rest } = useAttempt<"send" | "prove">();
  const prove = (body: Proof) =>
    attempt("prove", async () => {
      await call("proof.prove", { body });
      proving.clear();
      back();
    });
  return { ...rest, attempt, prove };
}

function ByTelephone({ telephone }: { telephone: string }) {
  const { code, validMinutes, nextCodeAt } = proving.use();
  const { busy, said, refuse, attempt, prove } = useProof();
  const send = () =>
    attempt("send", async () => {
      const { validMinutes } = await call("proof.send-code");
      proving.change({ validMinutes, nextCodeAt: nextCode() });
    });
  const done = () => {
    if (!isSmsCode(code)) return refuse("prove", "验证码是短信里的6位数字。");
    prove({ way: "telephone", code });
  };
  const fault = said("prove") ?? said("send");
  return (
    <View className="card">
      <View>验证码发到您登记的手机号 {telephone}</View>
      <CodeField
        value={code}
        fault={fault}
        onChange={(digits) => proving.change({ code: digits })}
        onDone={done}
        aside={<SendCode nextCodeAt={nextCodeAt} busy={busy !== null} onSend={send} />}
      />
      {nextCodeAt > 0 && !fault && <Note tone="done">验证码已用短信发出，{validMinutes}分钟内有效。</Note>}
      <Button busy={busy === "prove"} onPress={done}>
        核验
      </Button>
      <Inbox />
    </View>
  );
}

function ByCounter({ recorded }: { recorded: boolean }) {
  const { counterCode } = proving.use();
  const { busy, said, refuse, prove } = useProof();
  const done = () => {
    if (!/^\d{8}$/.test(counterCode)) return refuse("prove", "核验码是窗口给的8位数字。");
    prove({ way: "counter", code: counterCode });
  };
  return (
    <View className="card">
      {!recorded && <Note tone="plain">登记信息里没有您的手机号，所以用窗口给的核验码。</Note>}
      <View>带身份证到镇上的医保窗口，告诉工作人员您要“核验码”。拿到以后填在这里。</View>
      <CodeField
        label="核验码"
        hint="8位数字"
        digits={8}
        value={counterCode}
        fault={said("prove")}
        onChange={(digits) => proving.change({ counterCode: digits })}
        onDone={done}
      />
      <Button busy={busy === "prove"} onPress={done}>
        核验
      </Button>
    </View>
  );
}

function ByFace() {
  const { ticket } = proving.use();
  const { busy, said, refuse, prove } = useProof();
  const done = () => {
    if (ticket.trim() === "") return refuse("prove", "请先做人脸核验，再把凭据填在这里。");
    prove({ way: "face", ticket: ticket.trim() });
  };
  return (
    <View className="card">
      <Press className="text-button" kind="link" onPress={() => window.open("/stand-ins/face/", "_blank")}>
        演示：打开人脸核验
      </Press>
      <Field
        label="核验凭据"
        hint="做完人脸核验后会给您"
        maxlength={2000}
        value={ticket}
        fault={said("prove")}
        onChange={(typed) => proving.change({ ticket: typed })}
        onDone={done}
      />
      <Button busy={busy === "prove"} onPress={done}>
        核验
      </Button>
    </View>
  );
}
