import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { call, type Filing, type FilingOptions } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { Field, Option, Options, useFaultInSight } from "../../../parts/form.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Heading, Note, Problem, ReadAloud, Skeleton } from "../../../parts/tell.tsx";
import { arrive, returnTo } from "../../../route.ts";
import { ofTie } from "../../../ties.ts";
import { dayWords } from "../../../words.ts";
import { evidence, filing, forgetFiling, ofFiling, signature } from "../drafts.ts";
import { Example } from "../example.tsx";
import { Papers } from "../papers.tsx";
import { Answer } from "../parts.tsx";
import { papersOf, sending } from "../upload.ts";
import { isUnsent } from "../words.ts";
import "../filings.scss";

interface Known {
  readonly one: Filing;
  readonly options: FilingOptions;
}

async function askCheck(filingNo: string, tie: string | undefined): Promise<Known> {
  const query = ofTie(tie);
  const [one, options] = await Promise.all([
    call("filings.one", { params: { filingNo }, query }),
    call("filings.options", { query }),
  ]);
  return { one, options };
}

/** 异地就医备案 第三步 · everything once more, what it changes, what stands behind it, and the button that sends it. */
export default function FilingCheck() {
  const { filingNo = "", tie } = useRouter().params;
  const { answer, refused, again } = useAsk(`filing check ${filingNo} ${tie}`, () => askCheck(filingNo, tie));
  if (answer && isUnsent(answer.one) && answer.one.needs)
    return <Form one={answer.one} options={answer.options} needs={answer.one.needs} />;
  return (
    <Page>
      <Heading level={1}>请核对</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && (
        <View className="card">
          <Note tone="plain">这个备案已经提交过了：{answer.one.stateName}。</Note>
          <Button onPress={() => arrive("filings/one", ofFiling(answer.one))}>看这个备案</Button>
        </View>
      )}
    </Page>
  );
}

type Needs = NonNullable<Filing["needs"]>;
type Part = "evidence" | "signature" | "form";
const partOf: Readonly<Record<string, Part>> = {
  "filing-paper-needed": "evidence",
  "filing-commitment": "evidence",
  "filing-signature": "signature",
  "attachment-not-received": "evidence",
  "attachment-gone": "evidence",
  "attachment-used": "evidence",
};

function Form({ one, options, needs }: Known & { needs: Needs }) {
  const { filingNo, tieNo } = one;
  evidence.use();
  const { papers } = papersOf(filingNo);
  const way = wayOf(filingNo, needs);
  const typed = signature.use();
  const signedName = typed.of === filingNo ? typed.name : "";
  const { busy, said, refuse, attempt } = useAttempt<Part>();
  const submit = () => {
    if (way === "papers" && sending.get().some(({ of }) => of === filingNo))
      return refuse("evidence", "还有材料没有传完，请等一下，或者去掉它。");
    if (way === "papers" && papers.length === 0) return refuse("evidence", "请先拍照上传一份材料。");
    if (way === "commitment" && signedName.trim() === "") return refuse("signature", "请写上您自己的姓名。");
    attempt(
      "form",
      () => sent(one, options, way, signedName),
      (code) => partOf[code],
    );
  };
  const no = said("form");
  useFaultInSight(said("evidence") ?? said("signature") ?? no);
  return (
    <Page
      foot={
        <Button busy={busy !== null} onPress={submit}>
          提交备案
        </Button>
      }
    >
      <Heading level={1}>{one.state === "returned" ? "改好以后再提交" : "请核对"}</Heading>
      {one.state === "returned" && <ToMend mend={one.mend} />}
      <Answers one={one} />
      <Example
        tie={tieNo}
        whose={tieNo === null ? null : one.name}
        destination={one.destination.code}
        group={options.kinds.find(({ kind }) => kind === one.kind)?.group ?? "temporary"}
      />
      <Behind one={one} needs={needs} options={options} way={way} said={said} />
      {no && <Note tone="stop">{no}</Note>}
    </Page>
  );
}

/** Papers where they were chosen or nothing else is taken; a commitment where it is; neither where nothing is asked for. */
function wayOf(filingNo: string, { papers, commitment }: Needs): "papers" | "commitment" | null {
  if (papers.length === 0) return null;
  if (!commitment.accepted) return "papers";
  return papersOf(filingNo).way ?? "commitment";
}

async function sent(
  { filingNo, tieNo, version }: Filing,
  { commitment }: FilingOptions,
  way: ReturnType<typeof wayOf>,
  signedName: string,
): Promise<void> {
  const { papers } = papersOf(filingNo);
  const one = await call("filings.submit", {
    params: { filingNo },
    query: ofTie(tieNo),
    body: {
      version,
      attachmentNos: way === "papers" ? papers.map(({ attachmentNo }) => attachmentNo) : [],
      commitment: way === "commitment" ? { version: commitment.version, signedName: signedName.trim() } : null,
    },
  });
  forgetFiling();
  arrive("filings/one", { ...ofFiling(one), sent: "1" });
}

function ToMend({ mend }: { mend: readonly string[] }) {
  return (
    <View className="card">
      <Heading>要改的地方（{mend.length}处）</Heading>
      <View className="list">
        {mend.map((one) => (
          <View key={one} className="list-item">
            {one}
          </View>
        ))}
      </View>
      <ReadAloud words={`要改的地方有${mend.length}处。${mend.join("。")}。`} />
    </View>
  );
}

function Answers({ one }: { one: Filing }) {
  /** What is shown is what the server keeps: it is taken up where the page was opened by itself. */
  const change = (page: "filings/start" | "filings/where") => {
    const { tieNo, kind, destination, from, filingNo, version, replaces } = one;
    const same = filing.get().filingNo === filingNo;
    filing.change({ filingNo, version, replaces });
    if (!same) filing.change({ tie: tieNo, kind, destination: destination.code, begins: "later", from });
    returnTo(page);
  };
  return (
    <View className="card">
      <View>
        <View className="muted">给谁办</View>
        <View className="title">
          {one.name}
          {one.tieNo === null && "（自己）"}
        </View>
      </View>
      <Answer name="什么情况" onChange={() => change("filings/start")}>
        {one.kindName}
      </Answer>
      <Answer name="去哪里" onChange={() => change("filings/where")}>
        {one.destination.name}
      </Answer>
      <Answer name="从哪天起" onChange={() => change("filings/where")}>
        {dayWords(one.from)}
      </Answer>
      <View>
        <View className="muted">到哪天</View>
        <View className="title">{one.until === null ? "一直有效，直到您结束或变更" : dayWords(one.until)}</View>
      </View>
      {one.late && <Note tone="waiting">这是补办：出院结账以前生效，医院可以直接报销。</Note>}
      {one.replaces !== null && <Note tone="attention">提交并生效以后，原来的备案就结束，换成这一个。</Note>}
      {one.needs?.beside.map((words) => (
        <Note key={words} tone="plain">
          {words}
        </Note>
      ))}
    </View>
  );
}

/** 凭什么备案 · papers or a commitment, whichever is taken. */
function Behind({
  one: { filingNo, tieNo },
  needs,
  options,
  way,
  said,
}: {
  one: Filing;
  needs: Needs;
  options: FilingOptions;
  way: ReturnType<typeof wayOf>;
  said: (part: Part) => string | null;
}) {
  if (way === null)
    return (
      <View className="card">
        <Heading>不用交材料</Heading>
        <View>这一类备案不用材料，也不用签承诺书，提交以后马上生效。</View>
      </View>
    );
  const choose = (wanted: "papers" | "commitment") => evidence.change({ ...papersOf(filingNo), way: wanted });
  const months = needs.commitment.proofWithinMonths;
  const no = said("evidence");
  return (
    <>
      {needs.commitment.accepted && (
        <Options label="用什么证明">
          <Option title="签承诺书，马上生效" chosen={way === "commitment"} onChoose={() => choose("commitment")}>
            {months !== null && <View className="muted">{months}个月里再补交材料</View>}
          </Option>
          <Option title="现在交材料" chosen={way === "papers"} onChoose={() => choose("papers")}>
            <View className="muted">经办人员{options.decidedWithinDays}天内审核</View>
          </Option>
        </Options>
      )}
      {way === "papers" ? (
        <View className="card">
          <Heading>上传材料</Heading>
          <View>下面任意一样就行：</View>
          <View className="list">
            {needs.papers.map(({ paper, name }) => (
              <View key={paper} className="list-item">
                {name}
              </View>
            ))}
          </View>
          <Papers of={filingNo} tie={tieNo} />
          {no && <Note tone="stop">{no}</Note>}
        </View>
      ) : (
        <>
          <SignedCommitment of={filingNo} sentences={options.commitment.sentences} fault={said("signature")} />
          {no && <Note tone="stop">{no}</Note>}
        </>
      )}
    </>
  );
}

/** 承诺书 · its sentences, and one's own name under them. */
function SignedCommitment({
  of,
  sentences,
  fault,
}: {
  of: string;
  sentences: readonly string[];
  fault: string | null;
}) {
  const { of: before, name } = signature.use();
  return (
    <View className="card">
      <Heading>承诺书</Heading>
      {sentences.map((one) => (
        <View key={one}>{one}</View>
      ))}
      <ReadAloud words={sentences.join("")} />
      <Field
        label="签名"
        hint="写您自己的姓名，就是签了这份承诺书"
        maxlength={60}
        value={before === of ? name : ""}
        fault={fault}
        onChange={(typed) => signature.change({ of, name: typed })}
      />
    </View>
  );
}
