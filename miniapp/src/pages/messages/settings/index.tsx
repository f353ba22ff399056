import { call } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { Page } from "../../../parts/page.tsx";
import { Switch } from "../../../parts/press.tsx";
import { Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";

const ask = () => call("messages.settings");
type Settings = Awaited<ReturnType<typeof ask>>;

/** 消息怎么通知我 · one switch each, and when nobody is disturbed. */
export default function MessageSettings() {
  const { answer, refused, again } = useAsk("message-settings", ask);
  return (
    <Page>
      <Heading level={1}>消息怎么通知我</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <Switches settings={answer} onChange={again} />}
    </Page>
  );
}

function Switches({ settings, onChange }: { settings: Settings; onChange: () => void }) {
  const { wechat, sms, wechatPossible } = settings;
  const { busy, said, attempt } = useAttempt<"set">();
  const set = (body: { wechat: boolean; sms: boolean }) =>
    attempt("set", async () => {
      await call("messages.set", { body });
      onChange();
    });
  const no = said("set");
  return (
    <>
      {no && <Note tone="stop">{no}</Note>}
      <Switch
        title="这里的消息"
        about="“消息”里一直能看到，不能关"
        on={settings.inApp}
        disabled
        onTurn={() => undefined}
      />
      <Switch
        title="微信通知"
        about={wechatPossible ? "发到您的微信" : "您没有用微信登录过，收不到"}
        on={wechat && wechatPossible}
        disabled={!wechatPossible || busy !== null}
        onTurn={(on) => set({ wechat: on, sms })}
      />
      <Switch
        title="短信"
        about="发到登记的手机号"
        on={sms}
        disabled={busy !== null}
        onTurn={(on) => set({ wechat, sms: on })}
      />
      <Note tone="plain">晚上10点到早上8点不打扰：这段时间的微信通知和短信，早上8点以后再发。</Note>
    </>
  );
}
