import { Segmented } from "antd";
import { useState } from "react";
import { Amount } from "./facts.tsx";
import "./who-paid.css";

/** What a claim says of its payers; amounts are yuan text. */
interface Paid {
  readonly total: string;
  readonly patientTotal: string;
  readonly pays: readonly { readonly layer: string; readonly name: string; readonly amount: string }[];
}

/** The colour of whoever pays; the legend says it in words. */
const colours: Readonly<Record<string, string>> = {
  own: "own",
  fixedBenefit: "basic",
  pooled: "basic",
  largeExpense: "basic",
  criticalIllness: "critical",
  specialDrug: "critical",
  medicalAid: "aid",
  furtherAid: "aid",
  guarantee: "aid",
};

/** "63.5%" of a whole, of text amounts. */
const part = (amount: string, whole: string): string =>
  Number(whole) > 0 ? `${((Number(amount) / Number(whole)) * 100).toFixed(1)}%` : "—";

/** 谁付了多少 · a stacked bar with what each part is; the same as a table one press away. */
export function WhoPaid({ paid, title = "谁付了多少" }: { paid: Paid; title?: string }) {
  const [shown, show] = useState<"chart" | "table">("chart");
  const parts = [...paid.pays, { layer: "own", name: "病人自己", amount: paid.patientTotal }];
  return (
    <section className="card panel" aria-label={title}>
      <header className="panel-head">
        <h2>{title}</h2>
        <Segmented<"chart" | "table">
          aria-label="看图还是看表"
          size="small"
          value={shown}
          options={[
            { value: "chart", label: "图" },
            { value: "table", label: "表" },
          ]}
          onChange={show}
        />
      </header>
      {shown === "chart" ? (
        <>
          <div
            className="stack"
            role="img"
            aria-label={parts.map(({ name, amount }) => `${name}${amount}元`).join("，")}
          >
            {parts
              .filter(({ amount }) => amount !== "0.00")
              .map(({ layer, amount }) => (
                <span
                  key={layer}
                  className={`payer-${colours[layer] ?? "other"}`}
                  style={{ flexGrow: Number(amount) }}
                />
              ))}
          </div>
          <ul className="payers">
            {parts.map(({ layer, name, amount }) => (
              <li key={layer}>
                <span className={`swatch payer-${colours[layer] ?? "other"}`} aria-hidden="true" />
                {name}
                <b>
                  <Amount of={amount} />
                </b>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th>谁付</th>
              <th className="right">金额</th>
              <th className="right">占总费用</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ layer, name, amount }) => (
              <tr key={layer}>
                <td>{name}</td>
                <td className="right">
                  <Amount of={amount} />
                </td>
                <td className="right number">{part(amount, paid.total)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>总费用</td>
              <td className="right">
                <Amount of={paid.total} />
              </td>
              <td className="right number">{part(paid.total, paid.total)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </section>
  );
}
