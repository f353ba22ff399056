import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { useState } from "react";
import { isLive } from "../../../../../shared/family/family.ts";
import { call, type Member } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { Icon } from "../../../parts/icon.tsx";
import { CodeField, Inbox, isSmsCode, nextCode, SendCode } from "../../../parts/one-time-code.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press } from "../../../parts/press.tsx";
import { Fact, Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { forgetQuotes } from "../../../quotes.ts";
import { go, goToTab, returnTo } from "../../../route.ts";
import { relationshipWords, tieSentence, tieWords } from "../../../ties.ts";
import { askToday } from "../../../today.ts";
import { shownTie } from "../../credentials/phone-codes.ts";
import { payFor } from "../pay-for.ts";

/** 一位家人 · how it stands with one tie, what is waited for, and what its two sides can do. */
export default function FamilyTie() {
  const { tieNo = "" } = useRouter().params;
  const { answer, refused, again } = useAsk(tieNo, async () => {
    await askToday();
    return call("family.members");
  });
  const mine = answer?.dependants.find((tie) => tie.tieNo === tieNo);
  const tie = mine ?? answer?.guardians.find((tie) => tie.tieNo === tieNo);
  return (
    <Page>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && !tie && <Gone />}
      {tie && <Told tie={tie} mine={mine !== undefined} onChange={again} />}
    </Page>
  );
}

function Gone() {
  return (
    <View className="card">
      <View>这位家人已经不在您的亲情账户里了。</View>
      <Button onPress={() => returnTo("family/members")}>看所有家人</Button>
    </View>
  );
}

function Told({ tie, mine, onChange }: { tie: Member; mine: boolean; onChange: () => void }) {
  const { tone, name } = tieWords(tie);
  return (
    <>
      <View className="card">
        <Heading level={1}>{tie.name}</Heading>
        <View className={`state ${tone}`}>
          <Icon name={tone} />
          <View className="fill">
            <View className="title">{name}</View>
            <View>{tieSentence(tie, mine)}</View>
          </View>
        </View>
        <Fact name={mine ? "是您的" : "对您来说是"}>{relationshipWords(tie)}</Fact>
        <Fact name="身份证号">{tie.temporary ? "还没有" : tie.identityNumber}</Fact>
      </View>
      {mine && tie.state === "asked" && <Consent tie={tie} onAgreed={onChange} />}
      {mine && tie.state === "agreed" && <Held tie={tie} />}
      {isLive(tie.state) && (mine || !tie.minor) && <End tie={tie} mine={mine} onEnded={onChange} />}
      {isLive(tie.state) && !mine && tie.minor && <Note tone="plain">您未满16岁，要解除请让监护人来办。</Note>}
      <Press className="text-button" onPress={() => returnTo("family/members")}>
        <Icon name="people" />
        看所有家人
      </Press>
    </>
  );
}

/** 同意验证码 · the dependant reads out the code that they were sent, which is their consent. */
function Consent({ tie: { tieNo, name }, onAgreed }: { tie: Member; onAgreed: () => void }) {
  const [code, setCode] = useState("");
  const [nextCodeAt, sentAgain] = useState(0);
  const { busy, said, refuse, attempt } = useAttempt<"send" | "consent">();
  const send = () =>
    attempt("send", async () => {
      await call("family.code", { params: { tieNo } });
      sentAgain(nextCode());
    });
  const consent = () => {
    if (!isSmsCode(code)) return refuse("consent", "验证码是短信里的6位数字。");
    attempt("consent", async () => {
      await call("family.consent", { params: { tieNo }, body: { code } });
      forgetQuotes();
      onAgreed();
    });
  };
  return (
    <>
      <View className="card">
        <Heading>请{name}把验证码念给您</Heading>
        <View>登记过手机号的，同意验证码已经发到那个手机。念给您，就是同意。</View>
        <CodeField
          label="同意验证码"
          value={code}
          fault={said("consent") ?? said("send")}
          onChange={setCode}
          onDone={consent}
          aside={<SendCode nextCodeAt={nextCodeAt} busy={busy !== null} onSend={send} again />}
        />
        <Button busy={busy === "consent"} onPress={consent}>
          提交验证码
        </Button>
        <Inbox />
      </View>
      <View className="card">
        <Heading>收不到短信？</Heading>
        <View>1. {name}登录自己的居民医保，在“亲情账户”里点“同意”。</View>
        <View>2. 或者带身份证到镇上的医保窗口，当面同意。</View>
      </View>
    </>
  );
}

function Held({ tie }: { tie: Member }) {
  return (
    <View className="ways-on">
      {tie.temporary && <Note tone="attention">孩子上了户口、有了身份证号，请在这里补上。已经缴的费还是孩子的。</Note>}
      <Button onPress={() => payFor(tie)}>给{tie.name}缴费</Button>
      <Button quiet onPress={() => showCodeOf(tie)}>
        替{tie.name}出示医保码
      </Button>
      {tie.temporary && (
        <Button quiet onPress={() => go("family/identity-number", { tieNo: tie.tieNo })}>
          补上身份证号
        </Button>
      )}
    </View>
  );
}

function showCodeOf({ tieNo }: Member): void {
  shownTie.set(tieNo);
  goToTab("code");
}

/** 解除 · either side ends it, after being asked once more. */
function End({ tie, mine, onEnded }: { tie: Member; mine: boolean; onEnded: () => void }) {
  const [sure, ask] = useState(false);
  const { busy, said, attempt } = useAttempt<"end">();
  const word = tie.state === "agreed" ? "解除" : "取消添加";
  const end = () =>
    attempt("end", async () => {
      await call("family.end", { params: { tieNo: tie.tieNo } });
      ask(false);
      onEnded();
    });
  const no = said("end");
  if (!sure) {
    return (
      <Press className="text-button" onPress={() => ask(true)}>
        {word}
      </Press>
    );
  }
  return (
    <View className="card">
      <Heading>真的要{word}吗？</Heading>
      <View>
        {mine
          ? `${word}以后，要再加${tie.name}，得重新申请。已经缴的费不受影响。`
          : `解除以后，${tie.name}不能再替您办。已经缴的费不受影响。`}
      </View>
      {no && <Note tone="stop">{no}</Note>}
      <Button quiet busy={busy === "end"} onPress={end}>
        {word}
      </Button>
      <Button onPress={() => ask(false)}>不{word}</Button>
    </View>
  );
}
