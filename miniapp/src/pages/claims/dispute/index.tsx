import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { type DisputeKind, disputeKinds } from "../../../../../shared/dispute/dispute.ts";
import { type Claim, call, type Dispute, Refused } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { requestNoOf } from "../../../drafts.ts";
import { Field } from "../../../parts/form.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Amount, Fact, Heading, Note, Problem, ReadAloud, Skeleton } from "../../../parts/tell.tsx";
import { arrive, go, goToTab } from "../../../route.ts";
import { ofTie } from "../../../ties.ts";
import { dayWords } from "../../../words.ts";
import { daysAreOurs, nextOf } from "../dispute-parts.tsx";
import { disputeRequest, disputing } from "../drafts.ts";

const questions: Record<DisputeKind, string> = {
  "not-mine": "这笔费用不是您的？",
  amount: "金额哪里不对？",
};
const hints: Record<DisputeKind, string> = {
  "not-mine": "那天您在哪里，可以不填",
  amount: "比如：床位费多收了两天",
};

/** 提出争议 · one question about one claim; when it is sent, its number and what happens next. */
export default function DisputePage() {
  const { claimNo = "", kind, tie, filed } = useRouter().params;
  if (filed) return <Done disputeNo={filed} />;
  return <Ask claimNo={claimNo} kind={kind === "amount" ? "amount" : "not-mine"} tie={tie} />;
}

function Ask({ claimNo, kind, tie }: { claimNo: string; kind: DisputeKind; tie: string | undefined }) {
  const { answer, refused, again } = useAsk(`${claimNo} ${tie}`, () =>
    call("claims.one", { params: { claimNo }, query: ofTie(tie) }),
  );
  if (answer) return <Form claim={answer} kind={kind} tie={tie} />;
  return (
    <Page>
      <Heading level={1}>{questions[kind]}</Heading>
      {refused ? <Problem refused={refused} onRetry={again} /> : <Skeleton />}
    </Page>
  );
}

function Form({ claim, kind, tie }: { claim: Claim; kind: DisputeKind; tie: string | undefined }) {
  const of = `${claim.claimNo} ${kind}`;
  const kept = disputing.use();
  const words = kept.of === of ? kept.words : "";
  const { busy, said, refuse, attempt } = useAttempt<"file">();
  const submit = () => {
    if (kind === "amount" && words.trim().length < 2) return refuse("file", "请写一写哪里不对，我们才好核实。");
    attempt("file", async () => {
      const requestNo = requestNoOf(disputeRequest, `${of} ${words}`);
      const { disputeNo } = await call("claims.dispute", {
        params: { claimNo: claim.claimNo },
        query: ofTie(tie),
        body: { requestNo, kind, words },
      });
      disputing.clear();
      disputeRequest.clear();
      arrive("claims/dispute", { filed: disputeNo });
    });
  };
  return (
    <Page
      foot={
        <Button busy={busy === "file"} onPress={submit}>
          提交：{disputeKinds[kind].name}
        </Button>
      }
    >
      <Heading level={1}>{questions[kind]}</Heading>
      <View className="card">
        {tie && <Fact name="谁的费用">{claim.name}</Fact>}
        <Fact name="医院" wide>
          {claim.provider}
        </Fact>
        <Fact name="日期">{dayWords(claim.on)}</Fact>
        <Fact name="总费用">
          <Amount value={claim.total} />
        </Fact>
      </View>
      <View className="card">
        <Field
          label={kind === "amount" ? "哪里不对" : "想说的话"}
          hint={hints[kind]}
          maxlength={300}
          value={words}
          fault={said("file")}
          onChange={(typed) => disputing.change({ of, words: typed })}
        />
      </View>
      <Note tone="plain">
        提交以后，当地医保经办人员会去核实，{disputeKinds[kind].days}天内告诉您结果，办完以前可以撤回。{daysAreOurs}
      </Note>
    </Page>
  );
}

async function askFiled(disputeNo: string): Promise<Dispute> {
  const { disputes } = await call("claims.disputes");
  const dispute = disputes.find((one) => one.disputeNo === disputeNo);
  if (!dispute) throw new Refused("not-found", "我们没有找到这个争议。", 404);
  return dispute;
}

function Done({ disputeNo }: { disputeNo: string }) {
  const { answer, refused, again } = useAsk(disputeNo, () => askFiled(disputeNo));
  return (
    <Page foot={<Button onPress={() => goToTab("home")}>回首页</Button>}>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && (
        <>
          <View className="card center outcome done">
            <Icon name="done" />
            <Heading level={1}>争议已经提交</Heading>
            <View>{nextOf(answer)}</View>
            <ReadAloud words={`争议已经提交。${nextOf(answer)}`} />
          </View>
          <View className="card">
            <Fact name="争议编号" wide>
              <View className="code">{answer.disputeNo}</View>
            </Fact>
            <Fact name="最晚哪天有结果">{dayWords(answer.dueOn)}</Fact>
            <View className="muted">有了结果会发消息告诉您。{daysAreOurs}</View>
          </View>
          <Button quiet onPress={() => go("claims/disputes")}>
            看我的争议
          </Button>
        </>
      )}
    </Page>
  );
}
