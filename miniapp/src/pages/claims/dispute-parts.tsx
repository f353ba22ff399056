import { View } from "@tarojs/components";
import {
  type DisputeState,
  disputeKinds,
  disputeStates,
  isOpen,
  remedies,
} from "../../../../shared/dispute/dispute.ts";
import { call, type Dispute } from "../../api.ts";
import { useAttempt } from "../../ask.ts";
import { Icon } from "../../parts/icon.tsx";
import { Button, Press } from "../../parts/press.tsx";
import { Fact, Heading, Note } from "../../parts/tell.tsx";
import { go } from "../../route.ts";
import { ofTie } from "../../ties.ts";
import { dayWords, type Tone } from "../../words.ts";

const tones: Record<DisputeState, Tone> = {
  filed: "waiting",
  taken: "waiting",
  upheld: "done",
  rejected: "attention",
  withdrawn: "plain",
};

/** What happens next, and by when; how it ended. */
export function nextOf({ kind, state, dueOn, outcome }: Dispute): string {
  const { days } = disputeKinds[kind];
  switch (state) {
    case "filed":
      return `等经办人员受理，最晚${dayWords(dueOn)}告诉您结果（${days}天内）。`;
    case "taken":
      return `经办人员正在核实，最晚${dayWords(dueOn)}告诉您结果（${days}天内）。`;
    case "upheld":
      return `${outcome?.reason ?? ""}${outcome?.remedy ? `　${remedies[outcome.remedy]}。` : ""}`;
    case "rejected":
      return outcome?.reason ?? "";
    case "withdrawn":
      return "已经撤回。还想提，可以在那笔费用里再提一次。";
  }
}

/** The days are ours: no document gives any. */
export const daysAreOurs = "答复的天数没有查到文件规定，是先这样定的。";

/** 一个争议 · how far it has come, what happens next, and how it ended; it can be taken back until it is decided. */
export function DisputeCard({
  dispute,
  onChange,
  toClaim = false,
}: {
  dispute: Dispute;
  onChange: () => void;
  toClaim?: boolean;
}) {
  const { busy, said, attempt } = useAttempt<"withdraw">();
  const { disputeNo, claimNo, kind, state, tieNo, name } = dispute;
  const withdraw = () =>
    attempt("withdraw", async () => {
      await call("claims.withdraw", { params: { disputeNo }, query: ofTie(tieNo) });
      onChange();
    });
  const no = said("withdraw");
  return (
    <View className="card">
      <Heading>
        争议：{disputeKinds[kind].name}
        {tieNo && `（${name}）`}
      </Heading>
      <View className={`state ${tones[state]}`}>
        <Icon name={tones[state]} />
        <View className="fill">
          <View className="title">{disputeStates[state].name}</View>
          <View>{nextOf(dispute)}</View>
        </View>
      </View>
      {dispute.words && (
        <Fact name="您说的" wide>
          {dispute.words}
        </Fact>
      )}
      <Fact name="提交日期">{dayWords(dispute.filedOn)}</Fact>
      {dispute.byGuardian && <Fact name="谁提的">家人代提</Fact>}
      {dispute.outcome && <Fact name="答复日期">{dayWords(dispute.outcome.on)}</Fact>}
      <Fact name="争议编号" wide>
        {disputeNo}
      </Fact>
      {no && <Note tone="stop">{no}</Note>}
      {toClaim && (
        <Press className="text-button" onPress={() => go("claims/one", { claimNo, ...ofTie(tieNo) })}>
          看这笔费用
        </Press>
      )}
      {isOpen(state) && (
        <Button quiet busy={busy === "withdraw"} onPress={withdraw}>
          撤回争议
        </Button>
      )}
    </View>
  );
}
