import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { call, type Filing } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Fact, Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { inBrowser } from "../../../store.ts";
import { ofTie } from "../../../ties.ts";
import { today } from "../../../today.ts";
import { dayWords } from "../../../words.ts";
import { periodWords } from "../words.ts";

/** 备案回执单 · one filing on one sheet of paper, to be printed or shown. */
export default function FilingSlip() {
  const { filingNo = "", tie } = useRouter().params;
  const { answer, refused, again } = useAsk(`slip ${filingNo} ${tie}`, () =>
    call("filings.one", { params: { filingNo }, query: ofTie(tie) }),
  );
  return (
    <Page foot={answer && inBrowser && <Button onPress={() => window.print()}>打印</Button>}>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <Slip one={answer} />}
      {answer && !inBrowser && <Note tone="plain">想留着就截一张图；要打印，可以到医保窗口打。</Note>}
    </Page>
  );
}

function Slip({ one }: { one: Filing }) {
  const told = today.use();
  return (
    <View className="card paper">
      <Heading level={1}>异地就医备案回执单</Heading>
      {told?.demonstration && <View className="title">演示数据，都是编造的，不能用来看病</View>}
      <Fact name="姓名">{one.name}</Fact>
      <Fact name="备案类别">{one.kindName}</Fact>
      <Fact name="就医地">{one.destination.name}</Fact>
      <Fact name="有效期" wide>
        {periodWords(one)}
      </Fact>
      <Fact name="现在的状态">{one.stateName}</Fact>
      {one.proofBy !== null && !one.proofGiven && (
        <Fact name="补交证明" wide>
          {dayWords(one.proofBy)}以前
        </Fact>
      )}
      <Fact name="填写日期">{dayWords(one.filedOn)}</Fact>
      <Fact name="备案号" wide>
        <View className="code">{one.filingNo}</View>
      </Fact>
      {told && <Fact name="打印日期">{dayWords(told.today)}</Fact>}
      <View>看病时出示医保码或社会保障卡，并说明已经办了异地就医备案。有疑问请打12393。</View>
    </View>
  );
}
