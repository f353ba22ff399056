import { View } from "@tarojs/components";
import { useState } from "react";
import type { Answered } from "../../../../../shared/api/endpoint.ts";
import type { Endpoints } from "../../../../../shared/api/endpoints.ts";
import { call, type Me, Refused } from "../../../api.ts";
import { useAsk, useAttempt, useFresh } from "../../../ask.ts";
import { Field } from "../../../parts/form.tsx";
import { CodeField, Inbox, isSmsCode, isTelephone, nextCode, SendCode } from "../../../parts/one-time-code.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Fact, Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go, goToTab } from "../../../route.ts";
import { dayWords, momentWords } from "../../../words.ts";
import { newTelephone } from "../drafts.ts";
import { TelephoneChanges } from "../telephone-changes.tsx";

type Changed = Answered<Endpoints["proof.telephone"]>;

/** The telephone on record is told after a second proof: who gave none is led there, and back. */
async function askContact(): Promise<Me> {
  const me = await call("residents.me");
  if (me.person && !me.contact) throw new Refused("proof-needed", "核验是您本人以后，才能看登记的手机号。", 403);
  return me;
}

/** 我的手机号 · the telephone on record: still the person's, or changed with a code to the new one. */
export default function TelephonePage() {
  const { answer, refused, again } = useAsk("telephone", askContact);
  const [changing, change] = useState(newTelephone.get().telephone !== "");
  const [changed, setChanged] = useState<Changed | null>(null);
  const contact = answer?.contact;
  return (
    <Page>
      <Heading level={1}>{changing && !changed ? "换成哪个手机号？" : "我的手机号"}</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && !changed && !changing && <TelephoneChanges me={answer} onStopped={again} />}
      {answer && !contact && <Unbound />}
      {contact && changed && <Done changed={changed} />}
      {contact && !changed && changing && <Change onChanged={setChanged} />}
      {contact && !changed && !changing && (
        <OnRecord contact={contact} onConfirmed={again} onChange={() => change(true)} />
      )}
    </Page>
  );
}

function Unbound() {
  return (
    <View className="card">
      <View>先确认您是谁，才能看到登记的手机号。</View>
      <Button onPress={() => go("account/bind")}>确认您是谁</Button>
    </View>
  );
}

function OnRecord({
  contact: { telephone, confirmedOn, ask },
  onConfirmed,
  onChange,
}: {
  contact: NonNullable<Me["contact"]>;
  onConfirmed: () => void;
  onChange: () => void;
}) {
  const { busy, said, attempt } = useAttempt<"confirm">();
  const no = said("confirm");
  const confirm = () =>
    attempt("confirm", async () => {
      await call("proof.contact");
      onConfirmed();
    });
  if (!telephone) {
    return (
      <View className="card">
        <Note tone="attention">还没有登记您的手机号。</Note>
        <View>登记以后，可以用短信核验，有事也能找到您。</View>
        <Button onPress={onChange}>登记手机号</Button>
      </View>
    );
  }
  return (
    <View className="card">
      <Fact name="登记的手机号">{telephone}</Fact>
      <Fact name="上次确认">{confirmedOn ? dayWords(confirmedOn) : "还没有确认过"}</Fact>
      {ask ? (
        <Button busy={busy === "confirm"} onPress={confirm}>
          还是这个手机号
        </Button>
      ) : (
        <Note tone="done">已经确认是您在用的手机号。</Note>
      )}
      {no && <Note tone="stop">{no}</Note>}
      <Button quiet onPress={onChange}>
        换手机号
      </Button>
    </View>
  );
}

function Change({ onChanged }: { onChanged: (changed: Changed) => void }) {
  const { telephone, code, validMinutes, nextCodeAt } = newTelephone.use();
  const { busy, said, refuse, attempt } = useAttempt<"telephone" | "code">();
  const { answer: proven, refused, again } = useFresh();
  const typedTelephone = () => {
    if (!isTelephone(telephone)) refuse("telephone", "手机号应为11位数字，请再看一下。");
    return isTelephone(telephone);
  };
  const send = () => {
    if (!typedTelephone()) return;
    attempt("telephone", async () => {
      const { validMinutes } = await call("proof.telephone-code", { body: { telephone } });
      newTelephone.change({ validMinutes, nextCodeAt: nextCode() });
    });
  };
  const done = () => {
    if (!typedTelephone()) return;
    if (!isSmsCode(code)) return refuse("code", "验证码是短信里的6位数字。");
    attempt("code", async () => {
      const changed = await call("proof.telephone", { body: { telephone, code } });
      newTelephone.clear();
      onChanged(changed);
    });
  };
  if (!proven) return refused ? <Problem refused={refused} onRetry={again} /> : <Skeleton />;
  return (
    <View className="card">
      <Field
        label="新手机号"
        type="tel"
        maxlength={11}
        value={telephone}
        fault={said("telephone")}
        onChange={(typed) => newTelephone.change({ telephone: typed.replace(/\D/g, "") })}
        aside={<SendCode nextCodeAt={nextCodeAt} busy={busy !== null} onSend={send} />}
      />
      {nextCodeAt > 0 && !said("telephone") && !said("code") && (
        <Note tone="done">验证码已发到新手机号，{validMinutes}分钟内有效。</Note>
      )}
      <CodeField
        value={code}
        fault={said("code")}
        onChange={(digits) => newTelephone.change({ code: digits })}
        onDone={done}
      />
      <Button busy={busy === "code"} onPress={done}>
        换成这个手机号
      </Button>
      <Inbox />
    </View>
  );
}

function Done({ changed: { telephone, told, waitsUntil } }: { changed: Changed }) {
  if (waitsUntil !== null) return <Waits telephone={telephone} until={waitsUntil} />;
  return (
    <View className="card">
      <Note tone="done">已经换成 {telephone}。</Note>
      {told.before && <View>我们发了短信，把这件事告诉了原来的手机号。</View>}
      {told.now && <View>新手机号也会收到一条短信。</View>}
      <View>以后核验是您本人，验证码发到新手机号。登录用的手机号不变。</View>
      <Button onPress={() => goToTab("me")}>好</Button>
    </View>
  );
}

function Waits({ telephone, until }: { telephone: string; until: number }) {
  return (
    <View className="card">
      <Note tone="waiting">
        收到了。{momentWords(until)}换成 {telephone}。
      </Note>
      <View>我们发了短信，把这件事告诉了原来的和新的手机号。哪一个都可以停止它。</View>
      <View>想马上换：先用人脸或窗口给的核验码核验，再换一次；或者带身份证到窗口。</View>
      <Button onPress={() => goToTab("me")}>好</Button>
    </View>
  );
}
