import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { caseStates } from "../../../../../shared/credential/case.ts";
import { maskName } from "../../../../../shared/person.ts";
import { type CodeUses, call } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Press } from "../../../parts/press.tsx";
import { Fact, Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { dayWords, momentWords } from "../../../words.ts";

type Use = CodeUses["uses"][number];
type Case = CodeUses["cases"][number];

/** 谁用过我的码 · which provider, for what, when; and who of the family showed it. */
export default function UsesPage() {
  const { tie } = useRouter().params;
  const { answer, refused, again } = useAsk(`uses ${tie}`, () =>
    call("credentials.uses", { query: tie === undefined ? {} : { tie } }),
  );
  return (
    <Page>
      <Heading level={1}>谁用过{tie && answer ? maskName(answer.name) : "我"}的码</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <Told told={answer} tie={tie} />}
    </Page>
  );
}

function Told({ told: { uses, showings, cases }, tie }: { told: CodeUses; tie: string | undefined }) {
  return (
    <>
      {cases.map((one) => (
        <CaseCard key={one.caseNo} of={one} />
      ))}
      {uses.length === 0 && (
        <View className="card">
          <View>还没有人读过这个码。医院、药店每扫一次，这里都会记下是哪家、做什么、什么时候。</View>
        </View>
      )}
      {uses.map((use) => (
        <UseCard key={use.useNo} use={use} tie={tie} />
      ))}
      {showings.length > 0 && (
        <>
          <Heading>家人替您出示过</Heading>
          <View className="card">
            {showings.map(({ name, at }) => (
              <Fact key={`${name} ${at}`} name={maskName(name)}>
                {momentWords(at)}
              </Fact>
            ))}
            <View className="muted">不想让谁替您出示，到“亲情账户”解除。</View>
          </View>
        </>
      )}
    </>
  );
}

function UseCard({
  use: { useNo, provider, purpose, at, offline, weak, phone, caseNo },
  tie,
}: {
  use: Use;
  tie: string | undefined;
}) {
  return (
    <View className="card">
      <Heading>{provider}</Heading>
      <Fact name="用途">{purpose}</Fact>
      <Fact name="时间">{momentWords(at)}</Fact>
      <Fact name="出示的">{weak ? "打印的纸质码，加看了身份证" : (phone ?? "已经移除的手机")}</Fact>
      {offline && <View className="muted">当时窗口没有网络，后来补报的。</View>}
      {caseNo ? (
        <View className="state attention">
          <Icon name="attention" />
          <View className="fill">在核查，编号尾号{caseNo.slice(-4)}</View>
        </View>
      ) : (
        <Press
          className="text-button"
          label={`${provider}${momentWords(at)}：不是我用的`}
          onPress={() => go("credentials/doubt", { useNo, ...(tie !== undefined && { tie }) })}
        >
          不是我用的
        </Press>
      )}
    </View>
  );
}

function CaseCard({ of: { caseNo, state, kind, dueOn, outcome } }: { of: Case }) {
  const words = {
    "not-mine": "您说一次用码不是本人",
    "counter-twice": "同一个码在两处用过",
    "after-revocation": "停用以后有人离线用过",
  } as const;
  return (
    <View className="card">
      <Note tone={state === "filed" ? "attention" : "plain"}>
        {words[kind]}：{caseStates[state].name}
      </Note>
      <Fact name="编号" wide>
        <View className="code">{caseNo}</View>
      </Fact>
      {outcome ? (
        <View>
          {dayWords(outcome.on)}的结果：{outcome.reason}
        </View>
      ) : (
        <Fact name="最晚哪天有结果">{dayWords(dueOn)}</Fact>
      )}
    </View>
  );
}
