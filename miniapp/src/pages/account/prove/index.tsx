import { View } from "@tarojs/components";
import { useState } from "react";
import type { Answered } from "../../../../../shared/api/endpoint.ts";
import type { Endpoints } from "../../../../../shared/api/endpoints.ts";
import type { ProofWay } from "../../../../../shared/proof/proof.ts";
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
import { momentWords } from "../../../words.ts";
import { proving } from "../drafts.ts";

type Known = Answered<Endpoints["proof.ways"]>;
type Proof = Parameters<typeof call<"proof.prove">>[1]["body"];

const why =
  "看病的费用、家人、手机号，关系到您的钱和隐私，所以再核验一次是您本人。核验一次管一天；加家人、开医保码、换手机号、退费这些要紧的事，要半小时内核验过。";
const ways = { telephone: "短信验证码和身份证号后六位", counter: "窗口核验码", face: "人脸" } as const;

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
      {answer?.proof && <Standing proof={answer.proof} />}
      {answer && !answer.proof?.fresh && <Ways ways={answer.ways} />}
    </Page>
  );
}

/** What was proven, by what, and until when it counts. */
function Standing({ proof: { by, at, until, fresh } }: { proof: NonNullable<Known["proof"]> }) {
  const words = `您在${momentWords(at)}用${ways[by]}核验过，到${momentWords(until)}为止可以查看。`;
  return (
    <View className="card">
      <Note tone={fresh ? "done" : "plain"}>{words}</Note>
      {fresh ? <Button onPress={back}>接着办</Button> : <View>要办的这件事，要半小时内核验过，请再核验一次。</View>}
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
  const { attempt, ...rest } = useAttempt<"send" | "prove" | "lastSix">();
  const prove = (body: Proof) =>
    attempt(
      "prove",
      async () => {
        await call("proof.prove", { body });
        proving.clear();
        back();
      },
      (code) => (code === "last-six-wrong" ? "lastSix" : undefined),
    );
  return { ...rest, attempt, prove };
}

function ByTelephone({ telephone }: { telephone: string }) {
  const { code, lastSix, validMinutes, nextCodeAt } = proving.use();
  const { busy, said, refuse, attempt, prove } = useProof();
  const send = () =>
    attempt("send", async () => {
      const { validMinutes } = await call("proof.send-code");
      proving.change({ validMinutes, nextCodeAt: nextCode() });
    });
  const done = () => {
    if (!isSmsCode(code)) return refuse("prove", "验证码是短信里的6位数字。");
    if (!/^\d{5}[\dX]$/.test(lastSix)) return refuse("lastSix", "请填身份证号的最后6位，最后一位可能是X。");
    prove({ way: "telephone", code, lastSix });
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
      <Field
        label="身份证号后六位"
        hint="捡到您手机的人不知道，所以也要填"
        type="idcard"
        maxlength={6}
        value={lastSix}
        fault={said("lastSix")}
        onChange={(typed) => proving.change({ lastSix: typed.toUpperCase().replace(/[^\dX]/g, "") })}
        onDone={done}
      />
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
