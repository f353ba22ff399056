import { dayShown } from "../../../../shared/day.ts";
import { identityNames } from "../../../../shared/policy/identity.ts";
import { levelWords } from "../../../../shared/settlement/reading.ts";
import { money } from "../../figures.ts";
import { Amount, Fact } from "../../parts/facts.tsx";
import { momentShown } from "../../parts/moment.ts";
import { type ClaimPage, careName, filingNames } from "./words.tsx";

const percent = (ratio: string): string => `${Math.round(Number(ratio) * 10_000) / 100}%`;

/** 一句话 · what was paid by whom, and both ratios (of the whole bill, and of what is in scope). */
export function Meaning({ claim: { total, fundsTotal, patientTotal, ratios, assumed, state } }: { claim: ClaimPage }) {
  return (
    <section className="card panel meaning" aria-label="结果">
      <p>
        总费用 {money(total)}，医保和救助付 <b>{money(fundsTotal)}</b>，病人自己付 <b>{money(patientTotal)}</b>。
        {state === "reversed" && <span className="wrong">这笔结算已经撤销，不算在年度累计里。</span>}
      </p>
      <p className="muted">
        {ratios.real !== null && `实际报销比例 ${percent(ratios.real)}`}
        {ratios.inScope !== null && `，政策范围内报销比例 ${percent(ratios.inScope)}`}
        {assumed && (
          <>
            {"　"}
            <b className="assumed">暂定</b>有参数没有查到文件，先这样假定，见下面的依据表。
          </>
        )}
      </p>
    </section>
  );
}

/** 事实 · what the settlement was made of, as it was used. */
export function ClaimFacts({ claim }: { claim: ClaimPage }) {
  const { admittedOn, on, settledOn, disease, department, identity, amounts, clearedOn } = claim;
  return (
    <section className="card panel" aria-label="就诊和结算">
      <h2>就诊和结算</h2>
      <dl className="facts">
        <Fact title="登记地">{claim.unitName}</Fact>
        <Fact title="医药机构">
          {claim.provider}
          <div className="muted">
            <span className="number">{claim.providerCode}</span>，按{levelWords[claim.level] ?? claim.level}
          </div>
        </Fact>
        <Fact title="类别">
          {careName(claim.careType)}
          {department && `，${department}`}
        </Fact>
        <Fact title="病种">
          {disease.name || "—"} <span className="muted number">{disease.code}</span>
        </Fact>
        <Fact title="时间">
          {admittedOn === on ? dayShown(on) : `${dayShown(admittedOn)}到${dayShown(on)}`}，{dayShown(settledOn)}结算
        </Fact>
        <Fact title="身份">{identity ? identityNames[identity] : "一般居民"}</Fact>
        <Fact title="异地备案">
          {filingNames[claim.filing]}
          {claim.transferred && "，转院接着上一次住院"}
        </Fact>
        <Fact title="范围">
          目录外 <Amount of={amounts.outsideCatalogue} />
          ，超限价 <Amount of={amounts.overPriceCap} />
          ，先行自付 <Amount of={amounts.upfront} />
          <div>
            符合范围 <Amount of={amounts.inScope} />
            ，其中起付标准 <Amount of={amounts.deductiblePaid} />
          </div>
        </Fact>
        <Fact title="清算">{clearedOn ? `${dayShown(clearedOn)}已清算，不能撤销` : "还没有清算"}</Fact>
        <Fact title="编号">
          <div className="number">结算 {claim.claimNo}</div>
          <div className="number">就诊 {claim.encounterNo}</div>
          <div className="number muted">报文 {claim.messageNo}</div>
        </Fact>
      </dl>
    </section>
  );
}

const chainNames = { outpatient: "普通门诊", other: "住院等其他费用" } as const;

/** 年度累计 · what the claim moved, before and after. */
export function ClaimYear({ claim: { year, stays, sequence, chain, previousNo } }: { claim: ClaimPage }) {
  return (
    <section className="card panel" aria-label="年度累计">
      <header className="panel-head">
        <h2>年度累计</h2>
        <span className="muted aside-right">
          本年第 {sequence} 笔，{chainNames[chain]}
          {previousNo === null ? "的第一笔" : `，接着尾号 ${previousNo.slice(-4)} 的那笔`}
        </span>
      </header>
      <table className="plain-table">
        <thead>
          <tr>
            <th>项目</th>
            <th className="right">结算前</th>
            <th className="right">结算后</th>
          </tr>
        </thead>
        <tbody>
          {stays.before !== stays.after && (
            <tr>
              <td>住院次数</td>
              <td className="right number">{stays.before}</td>
              <td className="right number">{stays.after}</td>
            </tr>
          )}
          {year.map(({ name, before, after }) => (
            <tr key={name}>
              <td>{name}</td>
              <td className="right">
                <Amount of={before} />
              </td>
              <td className="right">
                <Amount of={after} />
              </td>
            </tr>
          ))}
          {year.length === 0 && stays.before === stays.after && (
            <tr>
              <td colSpan={3} className="muted">
                这笔费用没有改变年度累计。
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

/** 经过 · settled, and taken back by whom and why. */
export const ClaimHistory = ({ claim: { history } }: { claim: ClaimPage }) => (
  <section className="card panel" aria-label="经过">
    <h2>经过</h2>
    <ol className="history">
      {history.map(({ what, on, at, by, messageNo, reason }) => (
        <li key={what}>
          <b>
            {by}
            {what === "settled" ? "结算" : "撤销"}
          </b>
          <div className="muted">
            {dayShown(on)}
            {reason && `，${reason}`}
          </div>
          {messageNo && <div className="muted number">报文 {messageNo}</div>}
          <time className="muted" dateTime={new Date(at).toISOString()}>
            记录于 {momentShown(at)}
          </time>
        </li>
      ))}
    </ol>
  </section>
);
