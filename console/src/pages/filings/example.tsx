import { keepPreviousData } from "@tanstack/react-query";
import { Button, Input, Segmented } from "antd";
import { useState } from "react";
import { type Body, type Reply, recorded, useRead } from "../../api.ts";
import { money } from "../../figures.ts";
import { Amount } from "../../parts/facts.tsx";
import { Waiting, Wrong } from "../../parts/tell.tsx";

type FilingExample = Reply<"filings-agency.example">;
type FilingExampleAsked = Body<"filings-agency.example">;

const levels = { tertiary: "三级医院", secondary: "二级医院", primary: "一级医院" } as const;
type Level = keyof typeof levels;
const usual = ["5000.00", "20000.00", "50000.00"];

/** "20000.00" of what was typed, or null. */
function amountOf(typed: string): string | null {
  const read = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(typed.trim());
  return read && Number(typed) > 0 ? `${Number(read[1])}.${(read[2] ?? "").padEnd(2, "0")}` : null;
}

type Case = FilingExample["cases"][number];

/** 备案前后有什么不同 · one example bill under every filing, each computed as it would be settled. */
export function ExampleStep({
  personNo,
  destination,
  group,
  done,
}: {
  personNo: string;
  destination: string;
  /** What the kind that was chosen counts as. */
  group: Case["filing"];
  done: () => void;
}) {
  const [asked, setAsked] = useState<FilingExampleAsked>({ destination, level: "tertiary", total: "20000.00" });
  const [typed, setTyped] = useState("");
  const example = useRead(
    "filings-agency.example",
    { params: { personNo }, body: asked },
    { ...recorded, placeholderData: keepPreviousData },
  );
  const ask = (more: Partial<FilingExampleAsked>) => setAsked({ ...asked, ...more });
  const other = amountOf(typed);
  return (
    <form
      className="decision"
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <div className="filing-bill">
        <span>假如住院花了</span>
        <Segmented<string>
          aria-label="住院花了多少"
          value={asked.total}
          options={usual.map((value) => ({ value, label: money(value).replace(".00", "") }))}
          onChange={(total) => {
            setTyped("");
            ask({ total });
          }}
        />
        <Input
          className="filing-total"
          aria-label="别的数（元）"
          placeholder="别的数"
          suffix="元"
          value={typed}
          {...(typed !== "" && other === null && { status: "error" as const })}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={() => other && ask({ total: other })}
          onPressEnter={(event) => {
            event.preventDefault();
            if (other) ask({ total: other });
          }}
        />
        <span>住在</span>
        <Segmented<Level>
          aria-label="医院级别"
          value={asked.level as Level}
          options={(Object.keys(levels) as Level[]).map((value) => ({ value, label: levels[value] }))}
          onChange={(level) => ask({ level })}
        />
      </div>
      <Wrong error={example.error} />
      {example.data ? (
        <Compared example={example.data} group={group} isOld={example.isPlaceholderData} />
      ) : (
        !example.error && <Waiting rows={4} />
      )}
      <div>
        <Button type="primary" htmlType="submit">
          念给本人听了，下一步
        </Button>
      </div>
    </form>
  );
}

function Compared({
  example: { cases, same, sentences },
  group,
  isOld,
}: {
  example: FilingExample;
  group: Case["filing"];
  isOld: boolean;
}) {
  const shown = same ? cases.slice(0, 1) : cases;
  const chosen = cases.find(({ filing }) => filing === group);
  return (
    <div aria-busy={isOld} className="decision">
      <div className="filing-spoken">
        {sentences.map((one) => (
          <p key={one}>{one}</p>
        ))}
      </div>
      <table className="plain-table filing-compare">
        <thead>
          <tr>
            <th scope="col">怎么备案</th>
            <th scope="col" className="right">
              总费用
            </th>
            <th scope="col" className="right">
              先自己付的一份
            </th>
            <th scope="col" className="right">
              起付线
            </th>
            <th scope="col" className="right">
              医保和救助付
            </th>
            <th scope="col" className="right">
              自己付
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <tr key={one.filing} className={one.filing === group ? "chosen" : undefined}>
              <th scope="row">
                {same ? "备案、不备案都一样" : one.name}
                {!same && one.filing === group && <b>（这一次）</b>}
                {one.assumed && <b className="assumed">含暂定</b>}
              </th>
              <td className="right">
                <Amount of={one.total} />
              </td>
              <td className="right">
                <Amount of={one.upfront} />
              </td>
              <td className="right">
                <Amount of={one.deductiblePaid} />
              </td>
              <td className="right">
                <Amount of={one.fundsTotal} />
              </td>
              <td className="right">
                <b>
                  <Amount of={one.patientTotal} />
                </b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {chosen && chosen.clauses.length > 0 && (
        <details>
          <summary>为什么不一样：依据哪些条款</summary>
          <table className="plain-table">
            <tbody>
              {chosen.clauses.map((one) => (
                <tr key={`${one.layer} ${one.item} ${one.code}`}>
                  <th scope="row">{one.item}</th>
                  <td>{one.parameter}</td>
                  <td className="number">{one.value}</td>
                  <td>{one.cite || one.note}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      <p className="muted">举例：假设都在医保目录里，按今年已经花的往下算。真看病时，目录以外的要自己付。</p>
    </div>
  );
}
