import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { type ReactNode, useState } from "react";
import { credentialStates, mostOfflineHours } from "../../../../../shared/credential/credential.ts";
import { dayInShanghai } from "../../../../../shared/day.ts";
import { maskName } from "../../../../../shared/person.ts";
import { type Credential, call } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press } from "../../../parts/press.tsx";
import { Fact, Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { goToTab } from "../../../route.ts";
import { dayWords, type Tone } from "../../../words.ts";
import { codeOf, follow } from "../phone-codes.ts";
import "./manage.scss";

const tones = {
  "not-opened": "plain",
  active: "done",
  suspended: "stop",
  closed: "plain",
} as const satisfies Record<Credential["state"], Tone>;

/** 管理医保码 · its phones, and what ends or stops it; each is asked about once more, with what it does. */
export default function ManagePage() {
  const { tie = null } = useRouter().params;
  const query = tie === null ? {} : { tie };
  const { answer, refused, again } = useAsk(`manage ${tie}`, () => call("credentials.mine", { query }));
  const name = answer ? maskName(answer.name) : "";
  return (
    <Page>
      <Heading level={1}>{tie === null ? "管理医保码" : `管理${name}的医保码`}</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <Known tie={tie} credential={answer} onChange={again} />}
    </Page>
  );
}

function Known({ tie, credential, onChange }: { tie: string | null; credential: Credential; onChange: () => void }) {
  const { state, held, coverUntil } = credential;
  const alive = state === "active" || state === "suspended";
  return (
    <>
      <View className="card">
        <View className={`state ${tones[state]}`}>
          <Icon name={tones[state]} />
          <View className="fill">
            <View className="title">{credentialStates[state].name}</View>
            {held && <View>工作人员挂失，要到窗口或打12393恢复。</View>}
          </View>
        </View>
        <Fact name="姓名">{maskName(credential.name)}</Fact>
        <Fact name="医保到">{coverUntil ? dayWords(coverUntil) : "今天没有待遇"}</Fact>
      </View>
      {!alive && <Button onPress={() => goToTab("code")}>去开通</Button>}
      {alive && <Phones tie={tie} credential={credential} onChange={onChange} />}
      {alive && <Ends tie={tie} credential={credential} onChange={onChange} />}
      <History credential={credential} />
    </>
  );
}

const ofTie = (tie: string | null) => (tie === null ? {} : { tie });

/** Something that cannot be taken back lightly: a press asks, another does it. */
function Sure({ verb, what, does, run }: { verb: string; what: string; does: ReactNode; run: () => Promise<unknown> }) {
  const [sure, ask] = useState(false);
  const { busy, said, attempt } = useAttempt<"do">();
  const no = said("do");
  if (!sure) {
    return (
      <Press className="text-button" label={what} onPress={() => ask(true)}>
        {what}
      </Press>
    );
  }
  return (
    <View className="card sure">
      <Heading>真的要{what}吗？</Heading>
      <View>{does}</View>
      {no && <Note tone="stop">{no}</Note>}
      <Button
        quiet
        busy={busy === "do"}
        onPress={() =>
          attempt("do", async () => {
            await run();
            ask(false);
          })
        }
      >
        {verb}
      </Button>
      <Button onPress={() => ask(false)}>不{verb}</Button>
    </View>
  );
}

interface Part {
  readonly tie: string | null;
  readonly credential: Credential;
  readonly onChange: () => void;
}

function Phones({ tie, credential: { phones, mostPhones }, onChange }: Part) {
  const here = codeOf(tie)?.deviceNo;
  const remove = async (deviceNo: string) => {
    follow(tie, await call("credentials.remove-phone", { params: { deviceNo }, query: ofTie(tie) }));
    onChange();
  };
  return (
    <>
      <Heading>
        开在哪些手机上（{phones.length}部，最多{mostPhones}部）
      </Heading>
      {phones.length === 0 && (
        <View className="card">
          <View>现在没有手机能出示这个码。回到“医保码”，可以在这部手机上打开。</View>
        </View>
      )}
      {phones.map(({ deviceNo, name, addedOn, guardian }) => (
        <View key={deviceNo} className="card">
          <View className="title-row">
            <View className="title">{name}</View>
            {deviceNo === here && <View className="tag derived">这部手机</View>}
          </View>
          {guardian && <View>家人{maskName(guardian)}的手机</View>}
          <View className="muted">{dayWords(addedOn)}打开</View>
          <Sure
            verb="移除"
            what={`移除${deviceNo === here ? "这部手机" : name}`}
            does="移除以后，那部手机马上出示不了这个码。要用可以再打开。"
            run={() => remove(deviceNo)}
          />
        </View>
      ))}
    </>
  );
}

function Ends({ tie, credential: { state, held }, onChange }: Part) {
  const done = async (made: Promise<Credential>) => {
    follow(tie, await made);
    onChange();
  };
  const query = ofTie(tie);
  const requestNo = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  return (
    <View className="card">
      <Heading>手机丢了，或者不想用了</Heading>
      {state === "active" && (
        <Sure
          verb="挂失"
          what="挂失医保码"
          does={`挂失以后，所有手机上的码和打印的纸质码马上都不能用，没有网络的窗口最晚${mostOfflineHours / 24}天后也不认。您自己随时可以恢复。看病先用身份证。`}
          run={() => done(call("credentials.suspend", { query }))}
        />
      )}
      {state === "suspended" && !held && (
        <Sure
          verb="恢复"
          what="恢复使用"
          does="恢复以后，列出来的手机又能出示这个码。请先看看有没有不认识的手机。"
          run={() => done(call("credentials.resume", { query }))}
        />
      )}
      <Sure
        verb="换发"
        what="换发一个新的"
        does="换发以后，旧的码在所有手机上和纸上马上作废，每部手机都要重新打开。"
        run={() => done(call("credentials.reissue", { query, body: { requestNo } }))}
      />
      <Sure
        verb="注销"
        what="注销医保码"
        does="注销以后，码不能再用，也不能恢复。以后要用，重新开通一个新的。您的医保待遇不变，看病用身份证。"
        run={() => done(call("credentials.close", { query }))}
      />
    </View>
  );
}

const happenings = {
  opened: "开通",
  "phone-added": "加了一部手机",
  "phone-removed": "移除一部手机",
  suspended: "挂失",
  restored: "恢复",
  reissued: "换发",
  closed: "注销",
  "paper-printed": "窗口打印了纸质码",
} as const satisfies Record<Credential["history"][number]["what"], string>;
const hands = { self: "本人", guardian: "家人", officer: "工作人员" } as const;

function History({ credential: { history } }: { credential: Credential }) {
  if (history.length === 0) return null;
  return (
    <>
      <Heading>经过</Heading>
      <View className="card">
        {history.map(({ what, at, by, name, detail }) => (
          <Fact key={`${at} ${what} ${detail}`} name={dayWords(dayInShanghai(at))}>
            {hands[by]}
            {name && by === "guardian" ? maskName(name) : ""}
            {happenings[what]}
            {detail && by !== "officer" && `：${detail}`}
          </Fact>
        ))}
      </View>
    </>
  );
}
