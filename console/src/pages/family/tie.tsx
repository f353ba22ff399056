import type { EndpointName } from "../../../../shared/api/endpoints.ts";
import { dayShown } from "../../../../shared/day.ts";
import { proofNames, relationships, tieStates } from "../../../../shared/family/family.ts";
import type { Reply } from "../../api.ts";
import { Fact } from "../../parts/facts.tsx";
import { useUnitName } from "../../parts/unit-name.ts";

/** What is read again after anything was done to a request. */
export const readings = ["family-agency.reviews", "counter.ties"] as const satisfies readonly EndpointName[];

/** 亲情账户 · one request. */
export type Tie = Reply<"family-agency.review">;

/** Who wants to hold whom, and as what, in one sentence. */
export const tieText = ({ guardian, dependant, relationship }: Tie): string =>
  `${guardian.name}要把${dependant.name}（${relationships[relationship].name}）加为亲情账户成员`;

/** 一个请求 · all that the register says of it, to be compared with the paper on the desk. */
export function TieFacts({ tie }: { tie: Tie }) {
  const { state, guardian, dependant, relationship, proof, birthCertificate, askedOn, until, village } = tie;
  const place = useUnitName(village);
  return (
    <dl className="facts">
      <Fact title="成员">
        <Side of={dependant} />
      </Fact>
      <Fact title="申请人">
        <Side of={guardian} />
      </Fact>
      <Fact title="关系">成员是申请人的{relationships[relationship].name}</Fact>
      <Fact title="要看的证明">
        {proof === null ? "不用证明，要本人同意" : proofNames[proof]}
        {birthCertificate !== null && <span className="number">，编号 {birthCertificate}</span>}
      </Fact>
      {place.data && <Fact title="登记地">{place.data}</Fact>}
      <Fact title="现在">{tieStates[state].name}</Fact>
      <Fact title="申请日">{dayShown(askedOn)}</Fact>
      {until !== null && (
        <Fact title="截止">
          {dayShown(until)}
          <span className="muted">，过了这天自动失效</span>
        </Fact>
      )}
    </dl>
  );
}

const Side = ({ of: { name, identityNumber, bornOn } }: { of: Tie["guardian"] }) => (
  <>
    <b>{name}</b>
    <div className="number">{identityNumber}</div>
    <div className="muted">{dayShown(bornOn)}出生</div>
  </>
);
