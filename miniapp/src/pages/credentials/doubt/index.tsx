import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { type CodeUses, call, Refused } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { draft } from "../../../drafts.ts";
import { Field } from "../../../parts/form.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Fact, Heading, Note, Problem, ReadAloud, Skeleton } from "../../../parts/tell.tsx";
import { arrive, go, goToTab } from "../../../route.ts";
import { dayWords, momentWords } from "../../../words.ts";
import { follow } from "../phone-codes.ts";

/** 不是我用的 · what was typed about one use of the code. */
const doubting = draft("doubt", { of: "", words: "" });

type Use = CodeUses["uses"][number];
type Case = CodeUses["cases"][number];
interface Asked {
  readonly use: Use;
  readonly filed: Case | null;
}

async function askUse(useNo: string, tie: string | undefined): Promise<Asked> {
  const { uses, cases } = await call("credentials.uses", { query: tie === undefined ? {} : { tie } });
  const use = uses.find((one) => one.useNo === useNo);
  if (!use) throw new Refused("not-found", "我们没有找到这次用码。", 404);
  return { use, filed: cases.find(({ caseNo }) => caseNo === use.caseNo) ?? null };
}

/** 不是我用的 · one question about one use; sending it suspends the code at once and asks an officer to look into it. */
export default function DoubtPage() {
  const { useNo = "", tie } = useRouter().params;
  const { answer, refused, again } = useAsk(`doubt ${useNo} ${tie}`, () => askUse(useNo, tie));
  if (answer?.filed) return <Done filed={answer.filed} />;
  if (answer) return <Form use={answer.use} tie={tie} />;
  return (
    <Page>
      <Heading level={1}>这次不是您用的？</Heading>
      {refused ? <Problem refused={refused} onRetry={again} /> : <Skeleton />}
    </Page>
  );
}

function Form({ use: { useNo, provider, purpose, at }, tie }: { use: Use; tie: string | undefined }) {
  const kept = doubting.use();
  const words = kept.of === useNo ? kept.words : "";
  const { busy, said, attempt } = useAttempt<"file">();
  const file = () =>
    attempt("file", async () => {
      const query = tie === undefined ? {} : { tie };
      const { credential } = await call("credentials.not-mine", { params: { useNo }, query, body: { words } });
      follow(tie ?? null, credential);
      doubting.clear();
      arrive("credentials/doubt", { useNo, ...(tie !== undefined && { tie }) });
    });
  const no = said("file");
  return (
    <Page
      foot={
        <Button busy={busy === "file"} onPress={file}>
          挂失并请人核查
        </Button>
      }
    >
      <Heading level={1}>这次不是您用的？</Heading>
      <View className="card">
        <Fact name="在哪里" wide>
          {provider}
        </Fact>
        <Fact name="用途">{purpose}</Fact>
        <Fact name="时间">{momentWords(at)}</Fact>
      </View>
      <View className="card">
        <Field
          label="想说的话"
          hint="那时您在哪里，可以不填"
          maxlength={300}
          value={words}
          fault={null}
          onChange={(typed) => doubting.change({ of: useNo, words: typed })}
        />
      </View>
      {no && <Note tone="stop">{no}</Note>}
      <Note tone="attention">提交以后医保码马上挂失，谁都不能再用。经办人员会去核查；您没事了可以自己恢复。</Note>
    </Page>
  );
}

function Done({ filed: { caseNo, dueOn } }: { filed: Case }) {
  const words = "医保码已经挂失，经办人员会去核查这次用码，有结果发消息告诉您。这几天看病请用身份证。";
  return (
    <Page foot={<Button onPress={() => goToTab("code")}>回医保码</Button>}>
      <View className="card center outcome done">
        <Icon name="done" />
        <Heading level={1}>已经挂失，开始核查</Heading>
        <View>{words}</View>
        <ReadAloud words={words} />
      </View>
      <View className="card">
        <Fact name="核查编号" wide>
          <View className="code">{caseNo}</View>
        </Fact>
        <Fact name="最晚哪天有结果">{dayWords(dueOn)}</Fact>
        <View className="muted">这个期限是我们定的，还没有查到规定它的文件。</View>
      </View>
      <Button quiet onPress={() => go("credentials/uses")}>
        看谁用过我的码
      </Button>
    </Page>
  );
}
