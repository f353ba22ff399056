import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { useState } from "react";
import { day } from "../../../../../shared/day.ts";
import { call, type Filing } from "../../../api.ts";
import { useAsk, useAttempt } from "../../../ask.ts";
import { Option, Options } from "../../../parts/form.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press, Way } from "../../../parts/press.tsx";
import { Sheet } from "../../../parts/sheet.tsx";
import { Fact, Heading, Note, Problem, ReadAloud, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { ofTie } from "../../../ties.ts";
import { askToday, today } from "../../../today.ts";
import { daysLeft, dayWords } from "../../../words.ts";
import { changeFiling, continueFiling, evidence, ofFiling, startFiling } from "../drafts.ts";
import { Kept, Papers } from "../papers.tsx";
import { papersOf, sending } from "../upload.ts";
import { eventWords, filingTones, handWords, isGood, periodWords } from "../words.ts";
import "../filings.scss";

/** 一个备案 · how it stands, what is to be done by when, what to take along, and what can be done with it. */
export default function FilingPage() {
  const { filingNo = "", tie, sent } = useRouter().params;
  const { answer, refused, again } = useAsk(`filing ${filingNo} ${tie}`, async () => {
    const [one] = await Promise.all([call("filings.one", { params: { filingNo }, query: ofTie(tie) }), askToday()]);
    return one;
  });
  return (
    <Page>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <Told one={answer} sent={sent === "1"} onChange={again} />}
    </Page>
  );
}

const leftUntil = (until: string): string => {
  const on = today.get()?.today;
  return on && until >= on ? `（${daysLeft(day(on), until)}）` : "";
};

function Told({ one, sent, onChange }: { one: Filing; sent: boolean; onChange: () => void }) {
  const good = isGood(one);
  return (
    <>
      <Outcome one={one} sent={sent} />
      {one.state === "returned" && <ToMend one={one} />}
      {one.state === "draft" && one.may.includes("submit") && (
        <Button onPress={() => continueFiling(one)}>接着办</Button>
      )}
      {over.has(one.state) && one.replacedBy === null && (
        <Button onPress={() => startFiling(one.tieNo)}>再备案一次</Button>
      )}
      {one.may.includes("supply") && <Supply one={one} onChange={onChange} />}
      {good && <TakeAlong one={one} />}
      <View className="ways">
        <Way
          icon="care"
          title={`${one.destination.name}的联网医院`}
          about="哪些医院能直接用医保结算，电话、地址"
          onPress={() => go("filings/hospitals", { destination: one.destination.code })}
        />
        {good && (
          <Way
            icon="receipt"
            title="备案回执单"
            about="可以打印，也可以给医院看"
            onPress={() => go("filings/slip", ofFiling(one))}
          />
        )}
      </View>
      <Facts one={one} />
      <Actions one={one} onChange={onChange} />
      <History one={one} />
      <Press className="text-button" onPress={() => go("filings/mine", ofTie(one.tieNo))}>
        看所有备案
      </Press>
    </>
  );
}

const over: ReadonlySet<Filing["state"]> = new Set(["refused", "changed", "ended", "expired"]);

function Outcome({ one, sent }: { one: Filing; sent: boolean }) {
  const { state, stateName, sentence, reason, tieNo, name, destination, kindName, until } = one;
  const tone = filingTones[state];
  const title = sent && isGood(one) ? "备案办好了" : stateName;
  const whose = tieNo === null ? "" : `${name}：`;
  const spoken = `${whose}${title}。${sentence}${reason && `原因：${reason}`}`;
  return (
    <View className={`card center outcome ${tone}`}>
      <Icon name={tone} />
      <Heading level={1}>{title}</Heading>
      <View className="title">
        {whose}去{destination.name}
      </View>
      <View>{kindName}</View>
      {over.has(state) ? null : (
        <View>
          {isGood(one) ? periodWords(one) : `想从${dayWords(one.from)}起`}
          {isGood(one) && until !== null && leftUntil(until)}
        </View>
      )}
      <View>{sentence}</View>
      {reason && <Note tone="stop">原因：{reason}</Note>}
      <ReadAloud words={spoken} />
    </View>
  );
}

/** 一次性告知 · all that is to be mended, to be ticked off while one gets it. */
function ToMend({ one }: { one: Filing }) {
  const { mend } = one;
  return (
    <View className="card">
      <Heading>一共{mend.length}处要补正</Heading>
      <View className="muted">都在这里了，备齐一样勾一样，免得忘记。</View>
      <Checklist label="要补正的地方" items={mend} />
      <ReadAloud words={`一共${mend.length}处要补正。${mend.join("。")}。`} />
      {one.may.includes("submit") && <Button onPress={() => continueFiling(one)}>去补正</Button>}
    </View>
  );
}

function Checklist({ label, items }: { label: string; items: readonly string[] }) {
  const [got, tick] = useState<readonly string[]>([]);
  return (
    <Options label={label} many>
      {items.map((words) => (
        <Option
          key={words}
          many
          title={words}
          chosen={got.includes(words)}
          onChoose={() => tick(got.includes(words) ? got.filter((other) => other !== words) : [...got, words])}
        />
      ))}
    </Options>
  );
}

/** 补交证明 · the paper that follows a commitment. */
function Supply({ one, onChange }: { one: Filing; onChange: () => void }) {
  const { filingNo, tieNo, proofBy, mend } = one;
  const [open, setOpen] = useState(false);
  evidence.use();
  const onTheirWay = sending.use().some(({ of }) => of === filingNo);
  const { busy, said, refuse, attempt } = useAttempt<"supply">();
  const { papers } = papersOf(filingNo);
  const supply = () => {
    if (onTheirWay) return refuse("supply", "还有材料没有传完，请等一下，或者去掉它。");
    if (papers.length === 0) return refuse("supply", "请先拍照上传一份材料。");
    attempt("supply", async () => {
      const attachmentNos = papers.map(({ attachmentNo }) => attachmentNo);
      await call("filings.supply", { params: { filingNo }, query: ofTie(tieNo), body: { attachmentNos } });
      evidence.clear();
      setOpen(false);
      onChange();
    });
  };
  const no = said("supply");
  return (
    <View className="card">
      <Heading>补交证明</Heading>
      {mend.length > 0 && <Checklist label="上次交的证明要改的地方" items={mend} />}
      {proofBy !== null && (
        <Note tone="attention">
          签过承诺书，{dayWords(proofBy)}以前要补交证明材料{leftUntil(proofBy)}，过了这天备案就失效。
        </Note>
      )}
      {open ? (
        <>
          <Papers of={filingNo} tie={tieNo} />
          {no && <Note tone="stop">{no}</Note>}
          <Button busy={busy !== null} onPress={supply}>
            交上证明
          </Button>
        </>
      ) : (
        <Button onPress={() => setOpen(true)}>拍照上传证明</Button>
      )}
    </View>
  );
}

const along = ["医保码，或者社会保障卡", "身份证", "备案时用的材料原件（有的话）"] as const;
const tell = "办入院的时候先说：我是外地医保，已经备过案。";

function TakeAlong({ one: { destination } }: { one: Filing }) {
  const words = `去${destination.name}看病，带上这些：${along.join("；")}。${tell}`;
  return (
    <View className="card">
      <Heading>看病时带上</Heading>
      <View className="list">
        {along.map((one) => (
          <View key={one} className="list-item">
            {one}
          </View>
        ))}
      </View>
      <View>{tell}</View>
      <ReadAloud words={words} />
    </View>
  );
}

function Facts({ one }: { one: Filing }) {
  const { attachments, tieNo } = one;
  return (
    <View className="card">
      <Heading>备案内容</Heading>
      <Fact name="谁">{one.name}</Fact>
      <Fact name="什么情况">{one.kindName}</Fact>
      <Fact name="去哪里">{one.destination.name}</Fact>
      <Fact name="从哪天起">{dayWords(one.from)}</Fact>
      {isGood(one) && one.until === null && <Fact name="到哪天">一直有效</Fact>}
      {one.until !== null && <Fact name="到哪天">{dayWords(one.until)}</Fact>}
      {one.late && <Fact name="补办">住院期间补的</Fact>}
      <Fact name="填写日期">{dayWords(one.filedOn)}</Fact>
      {one.dueOn !== null && (
        <Fact name="最晚哪天审完" wide>
          {dayWords(one.dueOn)}
          {leftUntil(one.dueOn)}
        </Fact>
      )}
      {one.commitment && <Fact name="凭什么办的">签了承诺书</Fact>}
      {attachments.map(({ attachmentNo }, i) => (
        <Kept key={attachmentNo} title={`材料${i + 1}`} attachmentNo={attachmentNo} tie={tieNo} />
      ))}
      {one.replaces !== null && (
        <Press
          className="text-button"
          onPress={() => go("filings/one", ofFiling({ filingNo: one.replaces ?? "", tieNo }))}
        >
          看换掉的那个备案
        </Press>
      )}
      {one.replacedBy !== null && (
        <Press
          className="text-button"
          onPress={() => go("filings/one", ofFiling({ filingNo: one.replacedBy ?? "", tieNo }))}
        >
          看现在的备案
        </Press>
      )}
      <Fact name="备案号" wide>
        <View className="code">{one.filingNo}</View>
      </Fact>
    </View>
  );
}

interface Step {
  readonly press: string;
  readonly yes: string;
  readonly title: string;
  readonly happens: readonly string[];
  readonly run: () => Promise<unknown> | undefined;
}

/** 变更、结束、撤回 · each says first what will happen. */
function Actions({ one, onChange }: { one: Filing; onChange: () => void }) {
  const [asked, ask] = useState<Step | null>(null);
  const { busy, said, attempt } = useAttempt<"act">();
  const { may, filingNo, tieNo, destination, lockedUntil } = one;
  const over = async () => {
    await call("filings.end", { params: { filingNo }, query: ofTie(tieNo) });
    onChange();
  };
  const steps: Step[] = [];
  if (may.includes("change"))
    steps.push({
      press: "变更（换地方或换情况）",
      yes: "去变更",
      title: "变更这个备案？",
      happens: [
        "重新填一次去哪里、什么情况，提交并生效以后，原来的备案就结束。",
        "新的生效以前，原来的一直有效。",
        "换了以后，可能要过几个月才能再变更或结束。",
      ],
      run: async () => changeFiling(one),
    });
  if (may.includes("end"))
    steps.push({
      press: "结束备案",
      yes: "确认结束",
      title: "结束这个备案？",
      happens: [
        `结束以后，再去${destination.name}看病，就按没有备案报销。`,
        "已经结算的不受影响。",
        "以后还要去，要重新备案。",
      ],
      run: over,
    });
  if (may.includes("withdraw"))
    steps.push({
      press: one.state === "draft" ? "不办了，作废草稿" : "撤回备案",
      yes: one.state === "draft" ? "确认作废" : "确认撤回",
      title: one.state === "draft" ? "不办了？" : "撤回这个备案？",
      happens:
        one.state === "draft"
          ? ["这份草稿作废，什么都没有提交。", "想办的时候可以再填一次。"]
          : ["撤回以后不再审核，这个备案不会生效。", "想办的时候可以再提交一次。"],
      run: over,
    });
  const no = said("act");
  const confirm = () =>
    attempt("act", async () => {
      await asked?.run();
      ask(null);
    });
  return (
    <>
      {lockedUntil !== null && (
        <Note tone="plain">长期备案要过一段时间才能变更或结束，{dayWords(lockedUntil)}起可以办。</Note>
      )}
      {steps.map((step) => (
        <Button key={step.press} quiet onPress={() => ask(step)}>
          {step.press}
        </Button>
      ))}
      <Sheet
        title={asked?.title ?? null}
        close="先不办"
        act={
          <Button busy={busy !== null} onPress={confirm}>
            {asked?.yes}
          </Button>
        }
        onClose={() => ask(null)}
      >
        <View className="list">
          {asked?.happens.map((words) => (
            <View key={words} className="list-item">
              {words}
            </View>
          ))}
        </View>
        <ReadAloud words={asked?.happens.join("") ?? ""} />
        {no && <Note tone="stop">{no}</Note>}
      </Sheet>
    </>
  );
}

function History({ one: { history } }: { one: Filing }) {
  if (history.length === 0) return null;
  return (
    <View className="card">
      <Heading>办理经过</Heading>
      {history.map(({ event, on, by, name, reason }) => (
        <View key={`${event} ${on} ${reason}`} className="ground">
          <View className="title">{eventWords[event]}</View>
          <View className="muted">
            {dayWords(on)}　{handWords[by]}
            {name && `（${name}）`}
          </View>
          {reason && <View>{reason}</View>}
        </View>
      ))}
    </View>
  );
}
