import { EditOutlined, UserSwitchOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { dayShown } from "../../../../shared/day.ts";
import { destinationShown, destinations } from "../../../../shared/filing/places.ts";
import { useAct } from "../../api.ts";
import { useDesk, useTitle } from "../../desk.tsx";
import { useKeys } from "../../keyboard.ts";
import { Bar, Page } from "../../parts/page.tsx";
import { Wrong } from "../../parts/tell.tsx";
import type { Upload } from "../../parts/uploads.tsx";
import { AgentDone } from "./agent-done.tsx";
import { FindStep, KindStep, type Placed, PlaceStep } from "./agent-steps.tsx";
import { ConsentStep, type EvidenceGiven, EvidenceStep } from "./agent-trust.tsx";
import { ExampleStep } from "./example.tsx";
import type { Filing, FilingAsked, FilingsFound } from "./words.tsx";
import "./filings.css";

/** 代办备案 · one person after another; nothing of them in the address. */
export default function FilingAgentPage() {
  const [round, setRound] = useState(1);
  useTitle("代办备案");
  return <Agent key={round} next={() => setRound(round + 1)} />;
}

/** What was answered so far; each answer opens the next question. */
interface Draft {
  readonly found?: FilingsFound & { readonly identityNumber: string; readonly typedName: string };
  readonly kind?: Filing["kind"];
  readonly placed?: Placed;
  readonly compared?: true | undefined;
  readonly consent?: FilingAsked["consent"] | undefined;
  readonly evidence?: EvidenceGiven | undefined;
  /** What was uploaded stays, whatever becomes of the answer. */
  readonly uploads?: readonly Upload[];
}

/** The answers in the order of the questions. */
const answersOf = ({ found, kind, placed, compared, consent, evidence }: Draft) => [
  found,
  kind,
  placed,
  compared,
  consent,
  evidence,
];

/** What was compared and agreed to was another place, or another kind of filing. */
const undone = { compared: undefined, consent: undefined } as const;

const questions = [
  "替谁办",
  "为什么去外地",
  "去哪里、从哪天起",
  "备案前后有什么不同",
  "本人同意",
  "材料或承诺",
] as const;

function Agent({ next }: { next: () => void }) {
  const { today } = useDesk();
  const file = useAct("filings-agency.file", ["filings-agency.list"]);
  const [requestNo, setRequestNo] = useState(() => crypto.randomUUID());
  const [draft, setDraft] = useState<Draft>({});
  const [at, setAt] = useState(0);
  const answer = (more: Draft) => {
    const next = { ...draft, ...more };
    const open = answersOf(next).indexOf(undefined);
    setDraft(next);
    // Another answer makes another request; the same one sent again is answered with the same filing.
    setRequestNo(crypto.randomUUID());
    setAt(open === -1 ? questions.length : open);
  };
  const { found, kind, placed, consent, evidence } = draft;
  const option = found?.options.kinds.find((one) => one.kind === kind);
  useKeys({ ...(file.data && { n: next }) });
  if (file.data) return <AgentDone filing={file.data} next={next} />;
  const summaries = [
    found && `${found.typedName}，${found.person.identityNumber}，${found.person.unitName}`,
    option?.name,
    placed && `${shownOf(placed.destination)}，${dayShown(placed.from)}起${placed.from < today ? "（补办）" : ""}`,
    draft.compared && "已经念给本人听",
    consent && (consent.by === "code" ? "本人念了验证码" : "本人签了委托书"),
    evidence?.words,
  ];
  const bodies = [
    () => (
      <FindStep
        done={(one, copied) =>
          answer({ found: { ...one, identityNumber: copied.identityNumber, typedName: copied.name } })
        }
      />
    ),
    () =>
      found && (
        <KindStep
          found={found}
          kind={kind}
          done={(one) => answer({ kind: one, ...(one !== kind && { ...undone, evidence: undefined }) })}
        />
      ),
    () =>
      found && (
        <PlaceStep
          options={found.options}
          placed={placed}
          today={today}
          done={(one) => answer({ placed: one, ...undone })}
        />
      ),
    () =>
      found &&
      placed &&
      option && (
        <ExampleStep
          personNo={found.person.personNo}
          destination={placed.destination}
          group={option.group}
          done={() => answer({ compared: true })}
        />
      ),
    () =>
      found &&
      placed && (
        <ConsentStep person={found.person} destination={placed.destination} done={(one) => answer({ consent: one })} />
      ),
    () =>
      found &&
      option && (
        <EvidenceStep
          personNo={found.person.personNo}
          name={found.typedName}
          options={found.options}
          kind={option}
          before={draft.uploads ?? []}
          done={(one, uploads) => answer({ evidence: one, uploads })}
        />
      ),
  ];
  const isReady = at === questions.length && found && kind && placed && consent && evidence;
  const submit = () => {
    if (!isReady || file.isPending) return;
    const { identityNumber, typedName: name } = found;
    const { attachmentNos, commitment } = evidence;
    file.mutate({ body: { requestNo, identityNumber, name, consent, kind, ...placed, attachmentNos, commitment } });
  };
  return (
    <Page
      above="异地就医"
      title="代办备案"
      tools={
        <>
          <span className="muted hint">回车下一步</span>
          {found && (
            <Button icon={<UserSwitchOutlined />} onClick={next}>
              不办了，换一个人
            </Button>
          )}
        </>
      }
    >
      <div className="filing-steps">
        {questions.map((title, i) => (
          <Step
            key={title}
            title={`${i + 1}. ${title}`}
            look={i === at ? "now" : answersOf(draft)[i] === undefined ? "later" : "done"}
            summary={summaries[i] ?? ""}
            // Who it is for cannot change under the answers of another.
            change={i > 0 ? () => setAt(i) : null}
          >
            {bodies[i]!()}
          </Step>
        ))}
      </div>
      {isReady && (
        <Bar will={<>{evidence.will}提交以后，本人会收到消息。</>}>
          <Wrong error={file.error} />
          <Button type="primary" autoFocus loading={file.isPending} onClick={submit}>
            提交备案
          </Button>
        </Bar>
      )}
    </Page>
  );
}

const shownOf = (code: string): string => {
  const known = destinations.find((one) => one.code === code);
  return known ? destinationShown(known) : code;
};

/** One question: answered and folded, open, or still to come. */
function Step({
  title,
  look,
  summary,
  change,
  children,
}: {
  title: string;
  look: "done" | "now" | "later";
  summary: string;
  change: (() => void) | null;
  children: ReactNode;
}) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (look !== "now" || !section.current) return;
    section.current.scrollIntoView({ block: "nearest" });
    // A field that took the focus by itself keeps it.
    if (section.current.contains(document.activeElement)) return;
    section.current.querySelector<HTMLElement>("input, button")?.focus();
  }, [look]);
  return (
    <section
      ref={section}
      className={`card panel filing-step ${look}`}
      aria-label={title}
      {...(look === "now" && { "aria-current": "step" as const })}
    >
      <header className="filing-step-head">
        <h2>{title}</h2>
        {look === "done" && <span>{summary}</span>}
        {look === "done" && change && (
          <Button size="small" icon={<EditOutlined />} aria-label={`改${title}`} onClick={change}>
            改
          </Button>
        )}
      </header>
      {look === "now" && children}
    </section>
  );
}
