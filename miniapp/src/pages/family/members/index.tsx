import { View } from "@tarojs/components";
import { isLive } from "../../../../../shared/family/family.ts";
import { call, type Family, type Member } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press, Way } from "../../../parts/press.tsx";
import { Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { relationshipWords, tieSentence, tieWords } from "../../../ties.ts";
import { askToday } from "../../../today.ts";

/** 亲情账户 · what waits for my answer, whom I hold, who holds me, and what ended lately. */
export default function FamilyPage() {
  const { answer, refused, again } = useAsk("family", async () => {
    await askToday();
    return call("family.members");
  });
  const room = answer !== null && answer.dependants.filter(live).length < answer.most;
  return (
    <Page foot={room && <Button onPress={() => go("family/add")}>添加家人</Button>}>
      <Heading level={1}>亲情账户</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <Told family={answer} onChange={again} />}
    </Page>
  );
}

const live = ({ state }: Member): boolean => isLive(state);
const waitsForMe = ({ state, minor }: Member): boolean => state === "asked" && !minor;

function Told({ family: { dependants, guardians, most }, onChange }: { family: Family; onChange: () => void }) {
  const held = dependants.filter(live);
  const asking = guardians.filter(waitsForMe);
  const holding = guardians.filter((tie) => live(tie) && !waitsForMe(tie));
  const over = [...dependants, ...guardians].filter((tie) => !live(tie));
  return (
    <>
      {asking.map((tie) => (
        <Request key={tie.tieNo} tie={tie} onAnswered={onChange} />
      ))}
      <Heading>
        我的家人（{held.length}位，最多{most}位）
      </Heading>
      {held.length === 0 ? (
        <View className="card">
          <View>还没有添加家人。加上以后，可以一起给他们缴费，不用每次填身份证号。</View>
        </View>
      ) : (
        held.map((tie) => <Row key={tie.tieNo} tie={tie} mine />)
      )}
      {held.length >= most && <Note tone="plain">最多加{most}位，已经满了。先解除一位，才能再加。</Note>}
      <View className="ways">
        {held.some(({ state }) => state === "agreed") && (
          <Way icon="coin" title="给家人缴费" about="可以选几个人，一起付" onPress={() => go("contributions/whom")} />
        )}
        <Way
          icon="person"
          title="登记新生儿"
          about="孩子还没有身份证号，用出生医学证明登记"
          onPress={() => go("family/newborn")}
        />
      </View>
      {holding.length > 0 && <Heading>谁可以替我办</Heading>}
      {holding.map((tie) => (
        <Row key={tie.tieNo} tie={tie} mine={false} />
      ))}
      {over.length > 0 && <Heading>最近结束的</Heading>}
      {over.map((tie) => (
        <Row key={tie.tieNo} tie={tie} mine={dependants.includes(tie)} />
      ))}
    </>
  );
}

/** Somebody asks to hold the one who looks: yes or no, at once. */
function Request({ tie, onAnswered }: { tie: Member; onAnswered: () => void }) {
  const { busy, said, attempt } = useAttempt<"agree" | "refuse">();
  const answer = (what: "agree" | "refuse") =>
    attempt(what, async () => {
      await call("family.answer", { params: { tieNo: tie.tieNo }, body: { agree: what === "agree" } });
      onAnswered();
    });
  const no = said("agree") ?? said("refuse");
  return (
    <View className="card">
      <Heading>{tie.name}想把您加为家人</Heading>
      <View>
        对方填的是您的{relationshipWords(tie)}，身份证号 {tie.identityNumber}。您同意以后，对方可以替您缴费。
      </View>
      <View className="muted">{tieSentence(tie, false)}不认识的人，请不要同意。</View>
      {no && <Note tone="stop">{no}</Note>}
      <Button busy={busy === "agree"} onPress={() => answer("agree")}>
        同意
      </Button>
      <Button quiet busy={busy === "refuse"} onPress={() => answer("refuse")}>
        不同意
      </Button>
    </View>
  );
}

function Row({ tie, mine }: { tie: Member; mine: boolean }) {
  const { tone, name } = tieWords(tie);
  return (
    <Press className="card order" onPress={() => go("family/tie", { tieNo: tie.tieNo })}>
      <View className="fill">
        <View className="title">
          {tie.name}　{relationshipWords(tie)}
        </View>
        <View className={`state ${tone}`}>
          <Icon name={tone} />
          <View className="fill">{name}</View>
        </View>
        <View className="muted">
          {tieSentence(tie, mine)}
          {tie.temporary && "还没有身份证号，有了以后请补上。"}
        </View>
      </View>
      <Icon name="forward" />
    </Press>
  );
}
