import { View } from "@tarojs/components";
import { call } from "../../api.ts";
import { useAsk } from "../../ask.ts";
import { useElder } from "../../elder.ts";
import { Page } from "../../parts/page.tsx";
import { Button, Switch, Way } from "../../parts/press.tsx";
import { Fact, Heading, Note, Problem, Skeleton } from "../../parts/tell.tsx";
import { go } from "../../route.ts";
import { session } from "../../session.ts";
import { StillYours } from "../account/contact.tsx";
import { SignOut } from "../account/sign-out.tsx";
import { TelephoneChanges } from "../account/telephone-changes.tsx";

/** 我的 · the account, the person bound to it, the large version, and where the rules come from. */
export default function MePage() {
  const signedIn = session.use() !== null;
  return (
    <Page tab="me">
      <Heading level={1}>我的</Heading>
      {signedIn ? <Account /> : <SignedOut />}
      <LargeVersion />
      <View className="ways">
        {signedIn && <Way icon="telephone" title="我的手机号" onPress={() => go("account/telephone")} />}
        {signedIn && <Way icon="people" title="亲情账户" onPress={() => go("family/members")} />}
        {signedIn && <Way icon="receipt" title="票据" about="每一年的，可以打印" onPress={() => go("receipts/mine")} />}
        {signedIn && <Way icon="back-money" title="我的退费" onPress={() => go("refunds/mine")} />}
        {signedIn && <Way icon="bell" title="消息怎么通知我" onPress={() => go("messages/settings")} />}
        <Way
          icon="book"
          title="规定从哪里来"
          about="每一笔钱依据的文件，哪些是假定的"
          onPress={() => go("contributions/sources")}
        />
      </View>
      {signedIn && <SignOut />}
    </Page>
  );
}

function SignedOut() {
  return (
    <View className="card">
      <View>您还没有登录。</View>
      <Button onPress={() => go("account/sign-in")}>登录</Button>
    </View>
  );
}

function Account() {
  const { answer, refused, again } = useAsk("me", () => call("residents.me"));
  if (refused && !answer) return <Problem refused={refused} onRetry={again} />;
  if (!answer) return <Skeleton />;
  const { person, signedInBy, telephone, contact } = answer;
  return (
    <>
      <View className="card">
        <Fact name="登录方式">{signedInBy === "wechat" ? "微信" : `手机号 ${telephone ?? ""}`}</Fact>
        {person ? (
          <>
            <Fact name="姓名">{person.name}</Fact>
            <Fact name="身份证号">{person.identityNumber}</Fact>
            <Fact name="参保地">{person.areaName}</Fact>
            {person.unitName && (
              <Fact name="村（社区）" wide>
                {person.unitName}
              </Fact>
            )}
          </>
        ) : (
          <>
            <Note tone="attention">还没有确认您是谁。</Note>
            <Button onPress={() => go("account/bind")}>确认您是谁</Button>
          </>
        )}
      </View>
      <TelephoneChanges me={answer} onStopped={again} />
      <StillYours contact={contact} onConfirmed={again} />
    </>
  );
}

function LargeVersion() {
  const [on, turn] = useElder();
  return <Switch title="长辈版" about="字大、按钮大" on={on} onTurn={turn} />;
}
