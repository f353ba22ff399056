import { App, Button } from "antd";
import { useState } from "react";
import { dayShown } from "../../../../shared/day.ts";
import { relationships, tieStates } from "../../../../shared/family/family.ts";
import { inArea } from "../../access.ts";
import { useAct, useRead } from "../../api.ts";
import { useMe } from "../../desk.tsx";
import { nothingCopied, PaperChoice, PaperFields, type PaperSeen, papers, readCopied } from "../../parts/seen.tsx";
import { Failure, Waiting, Wrong } from "../../parts/tell.tsx";
import { TieReview } from "../family/decision.tsx";
import { readings, type Tie, tieText } from "../family/tie.tsx";
import type { Visitor } from "./visitor.ts";

/** 亲情账户 · whom the visitor holds and who holds them: what waits for them or for an officer, and what was agreed. */
export function FamilyCard({ visitor }: { visitor: Visitor }) {
  const ties = useRead("counter.ties", { params: { personNo: visitor.person.personNo } });
  const { dependants = [], guardians = [] } = ties.data ?? {};
  const children = dependants.filter(({ temporary, state }) => temporary && state === "agreed");
  return (
    <>
      <section className="card panel wide" aria-label="亲情账户">
        <header className="card-head">
          <h2>亲情账户</h2>
        </header>
        {ties.error ? (
          <Failure error={ties.error} retry={() => void ties.refetch()} />
        ) : !ties.data ? (
          <Waiting rows={2} />
        ) : dependants.length + guardians.length === 0 ? (
          <p className="muted">没有亲情账户，也没有等着办的请求。家人在手机上申请以后，会出现在这里。</p>
        ) : (
          <ul className="entries">
            {guardians.map((tie) => (
              <TieRow key={tie.tieNo} tie={tie} visitor={visitor} isDependant />
            ))}
            {dependants.map((tie) => (
              <TieRow key={tie.tieNo} tie={tie} visitor={visitor} isDependant={false} />
            ))}
          </ul>
        )}
      </section>
      {children.map((tie) => (
        <ChildsNumberCard key={tie.tieNo} tie={tie} />
      ))}
    </>
  );
}

const heldText = ({ guardian, dependant, relationship }: Tie): string =>
  `${dependant.name}（${relationships[relationship].name}）在${guardian.name}的亲情账户里`;

function TieRow({ tie, visitor, isDependant }: { tie: Tie; visitor: Visitor; isDependant: boolean }) {
  const { state, dependant, temporary, village } = tie;
  const me = useMe();
  const [agree, setAgree] = useState<boolean | null>(null);
  return (
    <li>
      <div>
        <b>{state === "agreed" ? heldText(tie) : tieText(tie)}</b>
        <div className="muted">
          {tieStates[state].name}
          {temporary && "，孩子还没有身份证号"}
        </div>
      </div>
      {state === "agreed" ? null : !inArea(me, village) ? (
        <span className="muted">{dependant.name}登记在别处，要到那里的窗口办理</span>
      ) : state === "review" ? (
        <span className="card-actions">
          <Button type="primary" onClick={() => setAgree(true)}>
            证明相符，同意
          </Button>
          <Button onClick={() => setAgree(false)}>不同意</Button>
        </span>
      ) : isDependant ? (
        <Consent tie={tie} visitor={visitor} />
      ) : (
        <span className="muted">要{dependant.name}本人同意：在本人手机上，或本人到窗口</span>
      )}
      {agree !== null && <TieReview tie={tie} agree={agree} close={() => setAgree(null)} />}
    </li>
  );
}

/** 孩子的身份证号 · a newborn who was registered by birth certificate gets a number; what was paid for the child stays theirs. */
function ChildsNumberCard({ tie }: { tie: Tie }) {
  const { tieNo, dependant } = tie;
  const { message } = App.useApp();
  const give = useAct("family-agency.identity-number", readings);
  const [copied, setCopied] = useState({ ...nothingCopied, name: dependant.name });
  const [seen, setSeen] = useState<PaperSeen>("household-book");
  const asked = readCopied(copied);
  const submit = () => {
    if (!asked || give.isPending) return;
    give.mutate(
      { params: { tieNo }, body: { ...asked, seen } },
      {
        onSuccess: (now) => {
          message.success(`已补上${now.dependant.name}的身份证号 ${now.dependant.identityNumber}`);
        },
      },
    );
  };
  return (
    <section className="card panel wide" aria-label="孩子的身份证号">
      <header className="card-head">
        <h2>孩子的身份证号</h2>
      </header>
      <p className="muted">
        {dependant.name}，{dayShown(dependant.bornOn)}出生，用出生医学证明 {dependant.identityNumber}{" "}
        登记。请照着孩子的证件填；已经参保的、缴过的都跟着孩子走。
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PaperFields id={`${tieNo}-`} value={copied} change={setCopied} />
        <span>看过孩子的哪种证件</span>
        <PaperChoice value={seen} choose={setSeen} />
        <Wrong error={give.error} />
        <div className="card-actions">
          <Button type="primary" htmlType="submit" disabled={!asked} loading={give.isPending}>
            补上身份证号
          </Button>
        </div>
      </form>
    </section>
  );
}

/** 当面同意 · the dependant stands here and says yes. */
function Consent({ tie, visitor: { person, seen } }: { tie: Tie; visitor: Visitor }) {
  const { message, modal } = App.useApp();
  const consent = useAct("family-agency.consent", readings);
  const ask = () =>
    modal.confirm({
      title: `${person.name}当面同意？`,
      content: `${tieText(tie)}。请当面问清楚：同意后，${tie.guardian.name}可以替${person.name}缴费和办理，双方随时都能解除。已看${papers[seen]}。`,
      okText: "本人当面同意",
      cancelText: "先不办",
      onOk: () =>
        consent.mutateAsync({ params: { tieNo: tie.tieNo }, body: { seen } }).then(
          () => {
            message.success(`已记下${person.name}当面同意`);
          },
          () => {},
        ),
    });
  return (
    <span className="card-actions">
      <Wrong error={consent.error} />
      <Button type="primary" loading={consent.isPending} onClick={ask}>
        本人当面同意
      </Button>
    </span>
  );
}
