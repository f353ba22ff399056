import { View } from "@tarojs/components";
import { call, type Message } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Press } from "../../../parts/press.tsx";
import { Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import type { PageName } from "../../../screens.ts";
import { dayWords } from "../../../words.ts";
import { toClaims } from "../../claims/to-claims.ts";

/** Where a message leads, and what the way there is called; the others are only read. */
const places: { readonly [A in Message["about"]]?: readonly [page: PageName, words: string] } = {
  enrolled: ["receipts/mine", "看票据"],
  refunded: ["refunds/mine", "看我的退费"],
  "window-closing": ["contributions/whom", "去缴费"],
  "consent-asked": ["family/members", "去答复"],
  "consent-answered": ["family/members", "看家人"],
  "telephone-waits": ["account/telephone", "去看，不是您就停止"],
  "telephone-changed": ["account/telephone", "看我的手机号"],
  "ways-changed": ["account/telephone", "看我的手机号"],
  "claim-settled": ["claims/mine", "核对这笔费用"],
  "claim-reversed": ["claims/mine", "看我的费用"],
  "dispute-decided": ["claims/disputes", "看结果"],
  "code-used": ["credentials/uses", "看谁用过"],
  "credential-changed": ["credentials/manage", "看我的医保码"],
  "credential-case": ["credentials/uses", "看核查"],
  filing: ["filings/mine", "看我的备案"],
};

/** 消息 · what one was told of, the newest first; what is not read yet is marked in words. */
export default function Messages() {
  const { answer, refused, again } = useAsk("messages", () => call("messages.inbox"));
  return (
    <Page>
      <Heading level={1}>消息{answer && answer.unread > 0 && `（${answer.unread}条未读）`}</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer?.messages.length === 0 && (
        <View className="card">
          <View>还没有消息。缴费成功、退费、保障开始、缴费快截止、有新的医保结算的时候，会在这里告诉您。</View>
        </View>
      )}
      {answer?.messages.map((message) => (
        <One key={message.messageNo} message={message} onRead={again} />
      ))}
      <Press className="text-button" onPress={() => go("messages/settings")}>
        <Icon name="bell" />
        消息怎么通知我
      </Press>
    </Page>
  );
}

function One({ message, onRead }: { message: Message; onRead: () => void }) {
  const { messageNo, about, self, title, text, on, read } = message;
  const { busy, said, attempt } = useAttempt<"read">();
  const place = places[about];
  const follow = () =>
    attempt("read", async () => {
      if (!read) await call("messages.read", { params: { messageNo } });
      if (place?.[0] === "claims/mine") toClaims(self ? "own" : "family");
      else if (place) go(place[0]);
      else onRead();
    });
  const no = said("read");
  return (
    <View className="card">
      <View className="title-row">
        <Heading>{title}</Heading>
        {!read && <View className="mark">未读</View>}
      </View>
      <View>{text}</View>
      <View className="muted">{dayWords(on)}</View>
      {no && <Note tone="stop">{no}</Note>}
      {(place || !read) && (
        <Press
          className="text-button"
          label={`${title}：${place?.[1] ?? "知道了"}`}
          disabled={busy !== null}
          onPress={follow}
        >
          {place?.[1] ?? "知道了"}
        </Press>
      )}
    </View>
  );
}
