import { View } from "@tarojs/components";
import { call, type Member, Refused, type Whom } from "../../../api.ts";
import { useAsk, wayOut } from "../../../ask.ts";
import { Option, Options } from "../../../parts/form.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Way } from "../../../parts/press.tsx";
import { Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { relationshipWords } from "../../../ties.ts";
import { noWish, payeeKey, payees, payment } from "../drafts.ts";
import { chosenPeople } from "../flow.tsx";

/** One order pays for so many people at most. */
const most = 6;

/** The members who agreed; null where the person has to prove first that it is they who ask. */
async function askMembers(): Promise<readonly Member[] | null> {
  try {
    const { dependants } = await call("family.members");
    return dependants.filter(({ state }) => state === "agreed");
  } catch (error) {
    if (error instanceof Refused && wayOut(error.code) === "account/prove") return null;
    throw error;
  }
}

/** 给谁缴费 · the first question of a contribution: one, or several who are paid for in one order. */
export default function WhomPage() {
  const { answer, refused, again } = useAsk("whom", async () => ({ members: await askMembers() }));
  return (
    <Page foot={answer && <Next members={answer.members ?? []} />}>
      <Heading level={1}>给谁缴费？</Heading>
      <View className="muted">可以选几个人，一起付。</View>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <People members={answer.members} />}
    </Page>
  );
}

function People({ members }: { members: readonly Member[] | null }) {
  const { chosen, others } = payees.use();
  const turn = (key: string) =>
    payees.change({ chosen: chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key] });
  const full = chosen.length >= most;
  const option = (key: string, title: string, about: string) => (
    <Option
      key={key}
      many
      title={title}
      chosen={chosen.includes(key)}
      disabled={full && !chosen.includes(key)}
      onChoose={() => turn(key)}
    >
      {about && <View>{about}</View>}
    </Option>
  );
  return (
    <>
      <Options label="给谁缴费" many>
        {option("self", "我自己", "")}
        {members?.map((tie) =>
          option(tie.tieNo, tie.name, `${relationshipWords(tie)}${tie.temporary ? "，还没有身份证号" : ""}`),
        )}
        {others.map((one) => option(payeeKey(one), one.name, "按姓名和身份证号添加"))}
      </Options>
      {full && <Note tone="plain">一次最多给{most}个人缴费。</Note>}
      <View className="ways">
        {members === null && (
          <Way icon="people" title="看看我的家人" about="要先再核验一次是您本人" onPress={() => go("account/prove")} />
        )}
        <Way
          icon="person"
          title="加别人"
          about="用他（她）的姓名和身份证号"
          onPress={() => go("contributions/other")}
        />
      </View>
    </>
  );
}

function Next({ members }: { members: readonly Member[] }) {
  const list = payees.use();
  const known = (whom: Whom) => whom.who !== "member" || members.some(({ tieNo }) => tieNo === whom.tieNo);
  const people = chosenPeople(list).filter(known);
  const next = () => {
    // Somebody who was chosen and has left the family meanwhile is not paid for.
    payees.change({ chosen: people.map(payeeKey) });
    const [one] = people;
    if (people.length > 1 || !one) return go("contributions/several");
    payment.change({ whom: one, among: false, ...noWish });
    go("contributions/year");
  };
  return (
    <Button disabled={people.length === 0} onPress={next}>
      {people.length > 1 ? `下一步（${people.length}个人）` : people.length === 1 ? "下一步" : "先选给谁缴"}
    </Button>
  );
}
