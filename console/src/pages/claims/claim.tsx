import { AuditOutlined } from "@ant-design/icons";
import { Link, useLocation, useNavigate } from "react-router";
import { dayShown } from "../../../../shared/day.ts";
import { disputeKinds, disputeStates } from "../../../../shared/dispute/dispute.ts";
import { mayOpen } from "../../access.ts";
import { useRead } from "../../api.ts";
import { useMe, useTitle } from "../../desk.tsx";
import { useKeys } from "../../keyboard.ts";
import { Page } from "../../parts/page.tsx";
import { Failure, Waiting } from "../../parts/tell.tsx";
import { WhoPaid } from "../../parts/who-paid.tsx";
import { ClaimFacts, ClaimHistory, ClaimYear, Meaning } from "./facts.tsx";
import { ClaimLines } from "./lines.tsx";
import { ClaimSteps } from "./steps.tsx";
import { type ClaimPage, StateOf } from "./words.tsx";

/** 一笔费用 · the evidence at the left, who paid and what became of it at the right, how it was computed below. */
export function ClaimView({ personNo, claimNo }: { personNo: string; claimNo: string }) {
  const claim = useRead("claims-agency.claim", { params: { personNo, claimNo } });
  const { search } = useLocation();
  const navigate = useNavigate();
  const back = { pathname: "/claims", search };
  useTitle("一笔费用");
  useKeys({ u: () => navigate(back) });
  if (claim.error && !claim.data) {
    return (
      <Failure error={claim.error} retry={() => void claim.refetch()}>
        <Link className="button" to={back}>
          回到查询
        </Link>
      </Failure>
    );
  }
  if (!claim.data) return <Waiting />;
  return <Whole claim={claim.data} back={back} />;
}

function Whole({ claim, back }: { claim: ClaimPage; back: { pathname: string; search: string } }) {
  const me = useMe();
  const { person, disputes } = claim;
  return (
    <Page
      above={<Link to={back}>费用查询</Link>}
      title={person.name}
      number={person.identityNumber}
      tools={
        <>
          <StateOf claim={claim} />
          {mayOpen(me, "access") && (
            <Link className="button" to="/access" state={{ personNo: person.personNo, name: person.name }}>
              <AuditOutlined /> 谁看过
            </Link>
          )}
          <span className="muted hint">u 回到查询</span>
        </>
      }
    >
      <Meaning claim={claim} />
      <div className="split">
        <div className="split-side">
          <ClaimFacts claim={claim} />
          <ClaimLines claim={claim} />
        </div>
        <div className="split-side">
          <WhoPaid paid={claim} />
          <ClaimYear claim={claim} />
          <ClaimHistory claim={claim} />
          {disputes.length > 0 && <Disputes of={disputes} />}
        </div>
      </div>
      <ClaimSteps claim={claim} />
    </Page>
  );
}

/** 这笔费用的争议 · each leads to its case. */
const Disputes = ({ of: disputes }: { of: ClaimPage["disputes"] }) => (
  <section className="card panel" aria-label="争议">
    <h2>争议</h2>
    <ul className="entries">
      {disputes.map(({ disputeNo, kind, state, filedOn, outcome }) => (
        <li key={disputeNo}>
          <span>
            <Link to={`/disputes/${disputeNo}`}>{disputeKinds[kind].name}</Link>
            <div className="muted">{dayShown(filedOn)}提出</div>
          </span>
          <span className="right">
            {disputeStates[state].name}
            {outcome && <div className="muted">{outcome.by}答复</div>}
          </span>
        </li>
      ))}
    </ul>
  </section>
);
