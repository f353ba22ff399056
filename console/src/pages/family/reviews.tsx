import { CheckOutlined, CloseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { dayShown } from "../../../../shared/day.ts";
import { proofNames, relationships } from "../../../../shared/family/family.ts";
import { useKeys } from "../../keyboard.ts";
import { Waits } from "../../parts/waits.tsx";
import { Worklist } from "../../parts/worklist.tsx";
import { TieReview } from "./decision.tsx";
import { type Tie, TieFacts } from "./tie.tsx";

const tabs = {
  review: {
    title: "等窗口核对",
    empty: "没有等核对的。有人用户口簿或出生医学证明申请以后，会出现在这里。",
    holds: ({ state }: Tie) => state === "review",
  },
  asked: {
    title: "等本人同意",
    empty: "没有等本人同意的。成年家人当面同意，请在“窗口办理”里找到他本人再办。",
    holds: ({ state }: Tie) => state === "asked",
  },
} as const;
type Tab = keyof typeof tabs;

/** 亲情账户核对 · what waits in the officer's unit: the paper is compared with what the register says. */
export default function FamilyReviewsPage() {
  return (
    <Waits
      above="服务窗口"
      title="亲情账户核对"
      read={["family-agency.reviews", {}]}
      rowsOf={({ ties }) => ties}
      tabs={tabs}
      note={({ more }) => more && <span className="muted">待办超过100个，办完这些再看后面的。</span>}
      hint={(tab) => `j / k 选择${tab === "review" ? "　a 同意　r 不同意" : ""}`}
    >
      {(tab, ties) => <Reviews key={tab} tab={tab} ties={ties} />}
    </Waits>
  );
}

function Reviews({ tab, ties }: { tab: Tab; ties: readonly Tie[] }) {
  const [at, setAt] = useState<string | null>(null);
  const [agree, setAgree] = useState<boolean | null>(null);
  const chosen = ties.find(({ tieNo }) => tieNo === at) ?? ties[0];
  const ask = (yes: boolean) => chosen && tab === "review" && setAgree(yes);
  useKeys({ a: () => ask(true), r: () => ask(false) });
  return (
    <>
      <Worklist
        name={tabs[tab].title}
        items={ties}
        keyOf={({ tieNo }) => tieNo}
        chosen={chosen}
        choose={setAt}
        empty={tabs[tab].empty}
        row={({ dependant, guardian, relationship, proof, askedOn }) => (
          <>
            <b>{dependant.name}</b>
            <span className="muted">{dayShown(askedOn)}</span>
            <span>
              {guardian.name}的{relationships[relationship].name}
            </span>
            <span className="muted">{proof === null ? "本人同意" : proofNames[proof]}</span>
          </>
        )}
      >
        {chosen && (
          <section className="card panel case" aria-label="请求">
            <h2>
              {chosen.guardian.name}要把{chosen.dependant.name}加为亲情账户成员
            </h2>
            <TieFacts tie={chosen} />
            <footer className="decision-bar">
              {tab === "review" ? (
                <>
                  <span className="muted">看过原件再定。同意后，申请人马上可以替成员缴费和办理。</span>
                  <Button icon={<CloseOutlined />} onClick={() => ask(false)}>
                    不同意 <kbd>r</kbd>
                  </Button>
                  <Button type="primary" icon={<CheckOutlined />} onClick={() => ask(true)}>
                    同意 <kbd>a</kbd>
                  </Button>
                </>
              ) : (
                <span className="muted">
                  要{chosen.dependant.name}本人同意：在本人手机上，把短信里的验证码告诉申请人，或本人带证件到窗口。
                </span>
              )}
            </footer>
          </section>
        )}
      </Worklist>
      {chosen && agree !== null && <TieReview tie={chosen} agree={agree} close={() => setAgree(null)} />}
    </>
  );
}
