import { Segmented } from "antd";
import { useState } from "react";
import { type Day, dayShown } from "../../../../shared/day.ts";
import { layerWord } from "../../../../shared/settlement/reading.ts";
import type { ClaimPage } from "./words.tsx";

/** 怎么算的 · the words that the person reads, or every step with its article. */
export function ClaimSteps({ claim: { sentences, clauses } }: { claim: ClaimPage }) {
  const [shown, show] = useState<"words" | "clauses">("words");
  return (
    <section className="card panel" aria-label="怎么算的">
      <header className="panel-head">
        <h2>怎么算的</h2>
        <Segmented<"words" | "clauses">
          aria-label="看说明还是看依据"
          value={shown}
          options={[
            { value: "words", label: "居民看到的说明" },
            { value: "clauses", label: "每一步的依据" },
          ]}
          onChange={show}
        />
      </header>
      {shown === "words" ? (
        <ol className="sentences">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ol>
      ) : (
        <Clauses rows={clauses} />
      )}
    </section>
  );
}

const Clauses = ({ rows }: { rows: ClaimPage["clauses"] }) => (
  <div className="scroll">
    <table className="plain-table clauses">
      <thead>
        <tr>
          <th>环节</th>
          <th>项目</th>
          <th>算式</th>
          <th className="right">结果</th>
          <th>规定</th>
          <th>依据</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a settled claim never change, and one rule may stand in two of them.
          <tr key={i} className={row.result ? undefined : "more-rule"}>
            <td>{row.result && layerWord(row.layer, row.layer)}</td>
            <td>{row.item}</td>
            <td className="formula">{row.formula}</td>
            <td className="right number">{row.result}</td>
            <td>
              {row.parameter}
              {row.value && <div>{row.value}</div>}
            </td>
            <td>
              {row.standing && row.standing !== "载明" && <b className="assumed">{row.standing}</b>}
              {row.cite}
              {row.from && <span className="muted">　{dayShown(row.from as Day)}起</span>}
              {row.note && <div className="muted">{row.note}</div>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
