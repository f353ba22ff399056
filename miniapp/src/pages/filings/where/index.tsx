import { View } from "@tarojs/components";
import { type Day, isDay } from "../../../../../shared/day.ts";
import { call, type Filing, type FilingOptions } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { requestNoOf } from "../../../drafts.ts";
import { Field, Option, Options, useFaultInSight } from "../../../parts/form.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press } from "../../../parts/press.tsx";
import { Heading, Lost, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { ofTie } from "../../../ties.ts";
import { askToday } from "../../../today.ts";
import { dashed, dayWords } from "../../../words.ts";
import { WhereTo } from "../destination.tsx";
import { type FilingDraft, filing, filingRequest, ofFiling } from "../drafts.ts";
import "../filings.scss";

interface Known {
  readonly options: FilingOptions;
  readonly today: Day;
  readonly recent: readonly string[];
}

async function askWhere(tie: string | null): Promise<Known> {
  const query = ofTie(tie);
  const [options, { filings }, today] = await Promise.all([
    call("filings.options", { query }),
    call("filings.mine", { query }),
    askToday(),
  ]);
  return { options, today, recent: [...new Set(filings.map(({ destination }) => destination.code))].slice(0, 4) };
}

/** 异地就医备案 第二步 · where to and from when; the server keeps it as a draft. */
export default function FilingWhere() {
  const { tie, kind } = filing.use();
  const { answer, refused, again } = useAsk(`filing where ${tie}`, () => askWhere(tie));
  if (kind === null || kind === "emergency")
    return (
      <Page>
        <Lost />
      </Page>
    );
  if (answer) return <Form known={answer} kind={kind} />;
  return (
    <Page>
      <Heading level={1}>去哪里，从哪天起？</Heading>
      {refused ? <Problem refused={refused} onRetry={again} /> : <Skeleton />}
    </Page>
  );
}

type Part = "destination" | "from" | "form";
const partOf: Readonly<Record<string, Part>> = {
  "destination-unknown": "destination",
  "filing-not-needed": "destination",
  "filing-stands": "destination",
  "filing-long-stands": "destination",
  "filing-dates": "from",
  "in-waiting": "from",
  "cover-not-begun": "from",
};

/** The day on which it is to begin; null while that is not a day. */
const beginning = ({ begins, from, replaces }: FilingDraft, today: Day): Day | null => {
  if (begins === "today" || replaces !== null) return today;
  return isDay(from) ? from : null;
};

function Form({ known: { options, today, recent }, kind }: { known: Known; kind: Filing["kind"] }) {
  const kept = filing.use();
  const { destination, replaces, tie, filingNo } = kept;
  const { busy, said, refuse, forget, attempt } = useAttempt<Part>();
  const next = () => {
    if (destination === null) return refuse("destination", "请先选一个城市。");
    const from = beginning(kept, today);
    if (from === null) return refuse("from", "请写成8位数字，比如20251118。");
    attempt(
      "form",
      async () => {
        const one = await keptByServer({ kind, destination, from, replaces }, kept);
        filing.change({ filingNo: one.filingNo, version: one.version });
        filingRequest.clear();
        go("filings/check", ofFiling(one));
      },
      (code) => partOf[code],
    );
  };
  const no = said("form");
  const fault = said("destination");
  useFaultInSight(fault ?? said("from") ?? no);
  return (
    <Page
      foot={
        <Button busy={busy !== null} onPress={next}>
          下一步：核对
        </Button>
      }
    >
      <Heading level={1}>{replaces === null ? "去哪里，从哪天起？" : "换到哪里？"}</Heading>
      <WhereTo
        label="去哪个城市看病"
        chosen={destination}
        recent={recent}
        fault={fault}
        onChoose={(code) => {
          forget();
          filing.change({ destination: code });
        }}
      />
      {fault && recent.length > 0 && (
        <Press className="text-button" onPress={() => go("filings/mine", ofTie(tie))}>
          看办过的备案
        </Press>
      )}
      {options.exempt.includes("in-province") && <Note tone="plain">省内看病不用备案，待遇一样。</Note>}
      {replaces === null ? (
        <Begins options={options} today={today} fault={said("from")} onDone={next} />
      ) : (
        <Note tone="plain">变更从今天（{dayWords(today)}）起生效，原来的备案同时结束。</Note>
      )}
      {no && <Note tone="stop">{no}</Note>}
      {filingNo === null && <View className="muted">到这里只是存成草稿，下一步核对以后才提交。</View>}
    </Page>
  );
}

/** Keeps the answers as a draft on the server: a new one once, then the same one anew. */
function keptByServer(
  body: { kind: Filing["kind"]; destination: string; from: Day; replaces: string | null },
  { tie, filingNo, version }: FilingDraft,
): Promise<Filing> {
  const query = ofTie(tie);
  if (filingNo !== null) return call("filings.rewrite", { params: { filingNo }, query, body: { ...body, version } });
  const requestNo = requestNoOf(filingRequest, JSON.stringify([tie, body]));
  return call("filings.draft", { query, body: { ...body, requestNo } });
}

function Begins({
  options: { earliest, latest },
  today,
  fault,
  onDone,
}: {
  options: FilingOptions;
  today: string;
  fault: string | null;
  onDone: () => void;
}) {
  const { begins, from } = filing.use();
  const typed = isDay(from) && from !== today;
  return (
    <View className="card">
      <Heading>从哪天起</Heading>
      <Options label="从哪天起">
        <Option title="从今天起" chosen={begins === "today"} onChoose={() => filing.change({ begins: "today" })}>
          <View className="muted">{dayWords(today)}</View>
        </Option>
        {earliest < today && (
          <Option
            title="已经住院了，从入院那天起"
            chosen={begins === "admitted"}
            onChoose={() => filing.change({ begins: "admitted" })}
          >
            <View className="muted">出院结账以前补办，医院可以直接报销。最早{dayWords(earliest)}</View>
          </Option>
        )}
        {latest > today && (
          <Option
            title="以后才去，定一个日子"
            chosen={begins === "later"}
            onChoose={() => filing.change({ begins: "later" })}
          >
            <View className="muted">最晚{dayWords(latest)}</View>
          </Option>
        )}
      </Options>
      {begins !== "today" && (
        <Field
          label={begins === "admitted" ? "哪天入院的" : "哪天开始"}
          hint={`8位数字，比如${(begins === "admitted" ? today : latest).replaceAll("-", "")}`}
          type="code"
          maxlength={8}
          value={from.replaceAll("-", "")}
          fault={fault}
          onChange={(digits) => filing.change({ from: dashed(digits) })}
          onDone={onDone}
        />
      )}
      {begins !== "today" && typed && <View className="muted">{dayWords(from)}起</View>}
      {begins === "today" && fault && <Note tone="stop">{fault}</Note>}
    </View>
  );
}
