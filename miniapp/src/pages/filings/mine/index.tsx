import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { call, type Filing } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press, Way } from "../../../parts/press.tsx";
import { Heading, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { ofTie } from "../../../ties.ts";
import { dayWords } from "../../../words.ts";
import { ofFiling, startFiling } from "../drafts.ts";
import { askMembers, FilingState } from "../parts.tsx";
import { isGood, isUnsent, periodWords } from "../words.ts";

/** 我的备案 · one's own, or those of a dependant; what waits for somebody first, and the ways to the others' . */
export default function FilingsPage() {
  const { tie } = useRouter().params;
  const { answer, refused, again } = useAsk(`filings ${tie}`, async () => {
    const [{ filings }, members] = await Promise.all([call("filings.mine", { query: ofTie(tie) }), askMembers()]);
    return { filings, members };
  });
  const members = answer?.members ?? [];
  const whose = members.find(({ tieNo }) => tieNo === tie)?.name;
  const others = members.filter(({ tieNo }) => tieNo !== tie);
  return (
    <Page
      foot={answer && <Button onPress={() => startFiling(tie ?? null)}>{whose ? `给${whose}备案` : "去备案"}</Button>}
    >
      <Heading level={1}>{whose ? `${whose}的备案` : "我的备案"}</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <List filings={answer.filings.filter((one) => !wasDraft(one))} />}
      <View className="ways">
        {tie && <Way icon="person" title="我自己的备案" onPress={() => go("filings/mine")} />}
        {others.map(({ tieNo, name }) => (
          <Way
            key={tieNo}
            icon="people"
            title={`${name}的备案`}
            about="您看过，会记下来"
            onPress={() => go("filings/mine", { tie: tieNo })}
          />
        ))}
        <Way
          icon="care"
          title="外地联网医院"
          about="哪些医院能直接用医保结算"
          onPress={() => go("filings/hospitals")}
        />
      </View>
    </Page>
  );
}

/** A draft that was given up, or ran out, never was a filing. */
const wasDraft = ({ history }: Filing): boolean =>
  history.length === 1 && history.every(({ event }) => event === "withdraw" || event === "expire");

function List({ filings }: { filings: readonly Filing[] }) {
  if (filings.length === 0)
    return (
      <View className="card">
        <View>还没有备案。要去外地看病、打工或者住到外地，先备个案，医院能直接报销，办过的都会在这里。</View>
      </View>
    );
  const groups = [
    ["等您办的", filings.filter(isUnsent)],
    ["正在用的", filings.filter((one) => isGood(one) || one.state === "submitted")],
    ["已经结束的", filings.filter((one) => !isUnsent(one) && !isGood(one) && one.state !== "submitted")],
  ] as const;
  return (
    <>
      {groups
        .filter(([, some]) => some.length > 0)
        .map(([title, some]) => (
          <View key={title} className="options">
            <Heading>{title}</Heading>
            {some.map((one) => (
              <Row key={one.filingNo} one={one} />
            ))}
          </View>
        ))}
    </>
  );
}

function Row({ one }: { one: Filing }) {
  return (
    <Press className="card order" onPress={() => go("filings/one", ofFiling(one))}>
      <View className="fill">
        <View className="title">去{one.destination.name}</View>
        <View className="muted">
          {one.kindName}　{isGood(one) || one.until !== null ? periodWords(one) : `想从${dayWords(one.from)}起`}
        </View>
        <FilingState filing={one} />
      </View>
      <Icon name="forward" />
    </Press>
  );
}
