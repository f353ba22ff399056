import { App, Checkbox, Input, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { Refused } from "../../../../shared/api/client.ts";
import { type FilingChange, filingChanges } from "../../../../shared/messages.ts";
import { type Body, useAct } from "../../api.ts";
import { counted } from "../../figures.ts";
import { DecisionDialog } from "../../parts/decision.tsx";
import { Wrong } from "../../parts/tell.tsx";
import { daysWords, type Filing, type FilingCase } from "./words.tsx";

type FilingDecision = Body<"filings-agency.decide">;

export type Verdict = FilingDecision["what"];

/** 审核 · one of the four answers, which says beforehand what comes of it and what the person will be told. */
export function FilingDecisionDialog({
  found,
  verdict,
  may,
  close,
}: {
  found: FilingCase;
  verdict: Verdict;
  may: readonly Verdict[];
  close: () => void;
}) {
  const { message } = App.useApp();
  const { filing } = found;
  const { personNo } = filing.person;
  const decide = useAct("filings-agency.decide", ["filings-agency.one", "filings-agency.list"]);
  const go = (decision: Undated) =>
    decide.mutate(
      { params: { personNo, filingNo: filing.filingNo }, body: { ...decision, version: filing.version } },
      {
        onSuccess: ({ person, stateName }) => {
          message.success(`${person.name}的备案：${stateName}`);
          close();
        },
      },
    );
  const common: Common = {
    found,
    go,
    close,
    isPending: decide.isPending,
    error: isStale(decide.error) ? null : decide.error,
    isOver: !may.includes(verdict),
    news: isStale(decide.error) && <News filing={filing} isOver={!may.includes(verdict)} />,
  };
  switch (verdict) {
    case "approve":
      return <Approve {...common} />;
    case "return":
      return <Return {...common} />;
    default:
      return <Deny {...common} what={verdict} />;
  }
}

/** A decision before it is told which version of the filing it was made on. */
type Undated = FilingDecision extends infer D ? (D extends FilingDecision ? Omit<D, "version"> : never) : never;

interface Common {
  readonly found: FilingCase;
  readonly go: (decision: Undated) => void;
  readonly close: () => void;
  readonly isPending: boolean;
  readonly error: Error | null;
  /** Somebody else decided in the meantime: there is nothing left to decide. */
  readonly isOver: boolean;
  /** What changed under the officer's hands. */
  readonly news: ReactNode;
}

/** Was it decided on something that has changed in the meantime? */
const isStale = (error: Error | null): boolean =>
  error instanceof Refused && (error.code === "try-again" || error.code === "filing-state");

/** Somebody moved the filing in the meantime: it was read again, and what was written stays. */
const News = ({ filing, isOver }: { filing: Filing; isOver: boolean }) => (
  <p className="band attention" role="alert">
    刚才有人动过这个备案，已经重新读取：现在是“{filing.stateName}”。
    {isOver ? "不用再办了，您写的还在下面，需要的可以抄走。" : "请看一眼再定，您写的还在。"}
  </p>
);

/** What the person will read. */
const Told = ({ change, children }: { change: FilingChange; children?: ReactNode }) => (
  <>
    <p>本人会收到消息：</p>
    <blockquote className="filing-told">
      异地就医备案{filingChanges[change]}，请在“我的备案”里查看。
      {children}
    </blockquote>
  </>
);

function Approve({ found: { filing }, go, close, isPending, error, isOver, news }: Common) {
  const isProof = filing.waits === "proof";
  return (
    <Modal
      open
      title={isProof ? `收下${filing.person.name}补交的证明？` : `同意${filing.person.name}的备案？`}
      okText={isProof ? "收下证明" : "同意"}
      cancelText="先不定"
      width={520}
      onOk={() => go({ what: "approve" })}
      onCancel={close}
      okButtonProps={{ autoFocus: true, disabled: isOver }}
      confirmLoading={isPending}
    >
      <div className="decision">
        {news}
        <p>
          {isProof
            ? `证明收下以后，备案接着有效：${filing.destination.name}，${daysWords(filing)}。`
            : `马上生效：${filing.destination.name}，${filing.kindName}，${daysWords(filing)}。`}
          {filing.replaces && "原来的长期备案同时换掉。"}
        </p>
        <Told change={isProof ? "proof-accepted" : "in-force"} />
        <Wrong error={error} />
      </div>
    </Modal>
  );
}

const denials = {
  refuse: {
    verb: "不予备案",
    change: "refused",
    reasons: ["查实没有在就医地居住或工作", "材料是别人的，不能用来备案", "不属于可以备案的情形"],
    will: "这次申请到此为止，不能再改；情况变了，本人可以重新申请。",
  },
  revoke: {
    verb: "撤销",
    change: "revoked",
    reasons: ["查实没有在就医地居住或工作", "证明材料不属实", "承诺不属实"],
    will: "今天以后，这个备案不再算数；已经结算的费用不变。撤销以后不能恢复，只能重新申请。",
  },
} as const;

function Deny({
  what,
  found: { filing },
  go,
  close,
  isPending,
  error,
  isOver,
  news,
}: Common & { what: "refuse" | "revoke" }) {
  const { verb, change, reasons, will } = denials[what];
  return (
    <DecisionDialog
      title={`${filing.person.name}的备案${verb}？`}
      will={
        <div className="decision">
          {news}
          <p>{will}</p>
          <Told change={change}>您写的理由，本人点开就能看到。</Told>
        </div>
      }
      reasons={reasons}
      least={4}
      verb={verb}
      isRefusal
      isBarred={isOver}
      isPending={isPending}
      error={error}
      decide={(reason) => go({ what, reason })}
      close={close}
    />
  );
}

/** The person mends all at once: no more than so many lines, of so many characters. */
const [most, longest] = [8, 100];

/** What usually is to be mended. */
const usual = [
  "材料拍得不清楚，请在光线好的地方重拍，四个角都拍进去",
  "材料缺页，请把每一页都拍上来",
  "材料上的姓名和本人不一致，请换成本人的",
  "材料已经过期，请换成现在有效的",
  "材料上看不出就医地，请交写明就医地的材料",
  "就医地和材料不一致，请改就医地或换材料",
  "人员类别选得不对，请按实际情况重选",
  "开始日期和材料对不上，请改开始日期",
] as const;
/** Of a paper that follows a commitment only the paper itself can be mended. */
const ofPapers = 5;

/** 退回补正 · one list of all that is to be mended: usual sentences at a press, and lines of one's own. */
function Return({ found: { filing, options }, go, close, isPending, error, isOver, news }: Common) {
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState("");
  const isProof = filing.waits === "proof";
  const kind = options.kinds.find((one) => one.kind === filing.kind);
  const sentences = [
    ...usual.slice(0, isProof ? ofPapers : usual.length),
    ...(kind && kind.papers.length > 0
      ? [`请交这些材料中的一种：${kind.papers.map(({ name }) => name).join("；")}`.slice(0, longest)]
      : []),
  ];
  const own = typed
    .split("\n")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const mend = [...sentences.filter((one) => ticked.includes(one)), ...own];
  const wrong =
    mend.length > most
      ? `最多 ${most} 条，现在有 ${counted(mend.length)} 条。`
      : own.some((one) => one.length < 2 || one.length > longest)
        ? `每条 2 到 ${longest} 个字。`
        : null;
  const isGood = mend.length > 0 && wrong === null && !isOver;
  const submit = () => isGood && !isPending && go({ what: "return", mend });
  const tick = (one: string) =>
    setTicked((now) => (now.includes(one) ? now.filter((other) => other !== one) : [...now, one]));
  return (
    <Modal
      open
      title={`退回${filing.person.name}的${isProof ? "证明" : "备案"}补正？`}
      okText="退回补正"
      cancelText="先不定"
      width={640}
      onOk={submit}
      onCancel={close}
      okButtonProps={{ disabled: !isGood }}
      confirmLoading={isPending}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: digits tick what the boxes below tick. */}
      <div
        className="decision"
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return void submit();
          const sentence = sentences[Number(event.key) - 1];
          if (!sentence || event.target instanceof HTMLTextAreaElement) return;
          event.preventDefault();
          tick(sentence);
        }}
      >
        {news}
        <p>
          要改的请一次写全。
          {isProof ? "备案先不停，本人重新补交，至少再给30天。" : "备案先不生效，本人改好再提交，您或同事再看一次。"}
        </p>
        <div className="filing-usual">
          {sentences.map((one, i) => (
            <Checkbox key={one} autoFocus={i === 0} checked={ticked.includes(one)} onChange={() => tick(one)}>
              {one} <kbd>{i + 1}</kbd>
            </Checkbox>
          ))}
        </div>
        <label htmlFor="filing-mend">还有别的（一行一条）</label>
        <Input.TextArea id="filing-mend" rows={2} value={typed} onChange={({ target }) => setTyped(target.value)} />
        {wrong && (
          <p className="wrong" role="alert">
            {wrong}
          </p>
        )}
        <Told change={isProof ? "proof-returned" : "returned"}>
          {mend.length > 0 && (
            <>
              <br />
              点开看到这 {counted(mend.length)} 条：
              <ol className="filing-mend">
                {mend.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ol>
            </>
          )}
        </Told>
        <Wrong error={error} />
        <p className="muted">数字键勾选，Ctrl＋回车退回，Esc 先不定。</p>
      </div>
    </Modal>
  );
}
