import { View } from "@tarojs/components";
import { useRef } from "react";
import { filingKinds } from "../../../../../shared/policy/remote.ts";
import { call, type Filing, type FilingOptions, type Member } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { Option, Options, useFaultInSight } from "../../../parts/form.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press } from "../../../parts/press.tsx";
import { Heading, Note, Problem, ReadAloud, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { ofTie } from "../../../ties.ts";
import { askToday } from "../../../today.ts";
import { continueFiling, filing } from "../drafts.ts";
import { askMembers, CoverNote, FilingState, ForWhom, mayFile, Rules } from "../parts.tsx";
import { isUnsent } from "../words.ts";
import "../filings.scss";

interface Known {
  readonly options: FilingOptions;
  readonly filings: readonly Filing[];
  readonly members: readonly Member[];
}

async function askStart(tie: string | null): Promise<Known> {
  const query = ofTie(tie);
  const [options, { filings }, members] = await Promise.all([
    call("filings.options", { query }),
    call("filings.mine", { query }),
    askMembers(),
    askToday(),
  ]);
  return { options, filings, members };
}

/** 异地就医备案 第一步 · who it is for, what brings them away, and what that asks for. */
export default function FilingStart() {
  const { tie, kind, replaces } = filing.use();
  const { answer, refused, again } = useAsk(`filing start ${tie}`, () => askStart(tie));
  // Another person's options are asked for anew; who there is to choose from stays.
  const asked = useRef<readonly Member[] | null>(null);
  asked.current = answer?.members ?? asked.current;
  const members = asked.current;
  const { said, refuse } = useAttempt<"kind">();
  const open = answer !== null && mayFile(answer.options);
  const urgent = kind === "emergency";
  const next = () => (kind === null ? refuse("kind", "请先选一种情况。") : go("filings/where"));
  const no = kind === null ? said("kind") : null;
  useFaultInSight(no);
  return (
    <Page
      foot={
        open && !urgent && <Button onPress={next}>{replaces === null ? "下一步：去哪里" : "下一步：换到哪里"}</Button>
      }
    >
      <Heading level={1}>{replaces === null ? "去外地看病，您是哪种情况？" : "变更备案，现在是哪种情况？"}</Heading>
      {replaces === null && members && (
        <ForWhom
          members={members}
          tie={tie}
          onChoose={(one) => filing.change({ tie: one, filingNo: null, version: 0 })}
        />
      )}
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <CoverNote options={answer.options} />}
      {answer && open && <Kinds known={answer} />}
      {no && <Note tone="stop">{no}</Note>}
      <Press className="text-button" onPress={() => go("filings/mine", ofTie(tie))}>
        看办过的备案
      </Press>
    </Page>
  );
}

function Kinds({ known: { options, filings } }: { known: Known }) {
  const { kind, filingNo, replaces } = filing.use();
  const begun = replaces === null && filingNo === null ? filings.filter(isUnsent) : [];
  const kinds = options.kinds.filter(
    (one) => one.kind !== "emergency" && (replaces === null || one.group === "long-term"),
  );
  const chosen = kinds.find((one) => one.kind === kind);
  return (
    <>
      {begun.map((one) => (
        <Begun key={one.filingNo} one={one} />
      ))}
      <Options label="哪种情况">
        {kinds.map(({ kind: one, name, who }) => (
          <Option key={one} title={who} chosen={one === kind} onChoose={() => filing.change({ kind: one })}>
            <View className="muted">（{name}）</View>
          </Option>
        ))}
        {replaces === null && (
          <Option
            title={filingKinds.emergency.who}
            chosen={kind === "emergency"}
            onChoose={() => filing.change({ kind: "emergency" })}
          >
            <View className="muted">（{filingKinds.emergency.name}）</View>
          </Option>
        )}
      </Options>
      {kind === "emergency" && replaces === null && <Emergency />}
      {chosen && <Needs chosen={chosen} options={options} />}
    </>
  );
}

function Begun({ one }: { one: Filing }) {
  return (
    <View className="card">
      <Heading>上次的还没办完：去{one.destination.name}</Heading>
      <FilingState filing={one} />
      <Button quiet onPress={() => continueFiling(one)}>
        {one.state === "returned" ? "去补正" : "接着办"}
      </Button>
    </View>
  );
}

const urgentWords =
  "急诊抢救不用备案，国家规定视同已经备案。请直接告诉医院：我是外地医保，按急诊抢救办理。医院说办不了，就打12393。";

function Emergency() {
  return (
    <View className="card">
      <Heading>不用备案，先救人</Heading>
      <Note tone="done">{urgentWords}</Note>
      <ReadAloud words={urgentWords} />
    </View>
  );
}

type KindOption = FilingOptions["kinds"][number];

/** What a kind asks for, how fast it is decided and how long it holds, in sentences. */
function needsOf({ papers, commitment, months }: KindOption, decidedWithinDays: number): string[] {
  const holds =
    months === null ? "办好以后一直有效，直到您结束或变更。" : `从开始那天起${months}个月有效，这期间可以多次看病。`;
  if (papers.length === 0) return ["不用交材料。", "提交以后马上生效。", holds];
  const officer = `经办人员${decidedWithinDays}天内审核`;
  if (!commitment.accepted) return [`要拍照上传下面任意一样材料，提交以后${officer}。`, holds];
  const follow =
    commitment.proofWithinMonths === null ? "" : `${commitment.proofWithinMonths}个月里再补交下面任意一样材料。`;
  return [`签一份承诺书就能办，提交以后马上生效。${follow}`, `也可以现在就交材料，${officer}。`, holds];
}

function Needs({ chosen, options }: { chosen: KindOption; options: FilingOptions }) {
  const sentences = needsOf(chosen, options.decidedWithinDays);
  const papers = chosen.papers.map(({ name }) => name);
  const spoken = papers.length > 0 ? `${sentences.join("")}材料任意一样：${papers.join("；")}。` : sentences.join("");
  return (
    <View className="card">
      <Heading>要准备什么</Heading>
      {sentences.map((one) => (
        <View key={one}>{one}</View>
      ))}
      {papers.length > 0 && (
        <View className="list">
          {papers.map((name) => (
            <View key={name} className="list-item">
              {name}
            </View>
          ))}
        </View>
      )}
      <ReadAloud words={spoken} />
      <Rules rules={options.rules.filter((one) => one.kind === null || one.kind === chosen.kind)} />
    </View>
  );
}
