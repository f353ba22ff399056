import { Button, Empty as Nothing } from "antd";
import { useEffect, useState } from "react";
import { parseTree } from "../../../../shared/gateway/codec.ts";
import type { Tree } from "../../../../shared/gateway/field.ts";
import { describeFields, type FieldLine } from "../../../../shared/gateway/fields.ts";
import { codeQuery, type TransactionNo, transactionNames } from "../../../../shared/gateway/wire.ts";
import type { Exchange } from "./play.ts";

/** 报文记录 · every message of this window with its answer, the newest first; the names of the interface in Chinese beside them. */
export function Messages({ exchanges }: { exchanges: readonly Exchange[] }) {
  const newest = exchanges[0]?.no ?? 0;
  const [chosen, choose] = useState(newest);
  useEffect(() => choose(newest), [newest]);
  const open = exchanges.find((one) => one.no === chosen);
  return (
    <aside className="card panel desk-messages screen-only" aria-label="报文">
      <header className="panel-head">
        <h2>报文</h2>
        <span className="muted">{exchanges.length} 条，最新的在上面</span>
      </header>
      {exchanges.length === 0 && (
        <Nothing image={Nothing.PRESENTED_IMAGE_SIMPLE} description="每办一步，发出和收到的报文都列在这里" />
      )}
      <ol className="desk-log">
        {exchanges.map((one) => (
          <li key={one.no}>
            <button
              type="button"
              className={one.no === chosen ? "desk-log-row desk-log-open" : "desk-log-row"}
              aria-expanded={one.no === chosen}
              onClick={() => choose(one.no === chosen ? 0 : one.no)}
            >
              <b className="number">{one.transaction}</b>
              <span className="desk-log-name">{nameOf(one.transaction)}</span>
              <span className={`status ${tones[one.outcome]}`}>{outcomes[one.outcome]}</span>
              <span className="number muted right">{one.ms} ms</span>
            </button>
            {one.no === chosen && open && <Message of={open} />}
          </li>
        ))}
      </ol>
    </aside>
  );
}

/** What a call is called: a transaction of the envelope, or the reading of a code. */
export const nameOf = (transaction: string): string => transactionNames[transaction as TransactionNo] ?? codeQuery.name;

const outcomes = { done: "办成", refused: "拒绝", unknown: "没有答复" } as const;
const tones = { done: "done", refused: "stop", unknown: "attention" } as const;

function Message({ of: { transaction, asked, answered, at, messageNo } }: { of: Exchange }) {
  const [whole, setWhole] = useState(false);
  return (
    <div className="desk-message">
      <div className="desk-message-head">
        <span className="number muted">
          {new Date(at).toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" })}　{messageNo}
        </span>
        <Button size="small" type="text" onClick={() => setWhole(!whole)} aria-pressed={whole}>
          {whole ? "只看交易内容" : "看整个信封"}
        </Button>
      </div>
      <h3 className="desk-head">发出</h3>
      <Body written={asked} transaction={transaction} direction="in" whole={whole} />
      <h3 className="desk-head">收到</h3>
      {answered === null ? (
        <p className="muted">没有收到答复</p>
      ) : (
        <Body written={answered} transaction={transaction} direction="out" whole={whole} />
      )}
    </div>
  );
}

const fields = describeFields();
type Labels = ReadonlyMap<string, string>;

/** The Chinese names of the fields of one direction of a transaction; a field of the envelope where it is none of its nodes. */
function labelsOf(transaction: string, direction: FieldLine["direction"]): Labels {
  const own = (line: FieldLine) => line.transaction === transaction && line.direction === direction;
  const envelope = (line: FieldLine) => line.transaction === "" && line.direction === direction;
  return new Map([...fields.filter(envelope), ...fields.filter(own)].map((line) => [line.field, line.label] as const));
}

/** A number is kept with the digits that it was written with, as an object that says so. */
const isNumber = (value: object) => "isLosslessNumber" in value;

const parsed = (written: string): Tree | null => {
  try {
    return parseTree(written);
  } catch {
    return null;
  }
};

function Body({
  written,
  transaction,
  direction,
  whole,
}: {
  written: string;
  transaction: string;
  direction: FieldLine["direction"];
  whole: boolean;
}) {
  const tree = parsed(written);
  if (!tree) return <p className="desk-value">{written.slice(0, 400) || "空"}</p>;
  const inner = tree[direction === "in" ? "input" : "output"] ?? tree.data;
  const isObject = typeof inner === "object" && inner !== null && !isNumber(inner);
  const shown = whole || !isObject ? tree : (inner as Tree);
  return <Fields tree={shown} labels={labelsOf(transaction, direction)} />;
}

function Fields({ tree, labels }: { tree: object; labels: Labels }) {
  const entries = Object.entries(tree).filter(([, value]) => value !== null);
  if (entries.length === 0) return <p className="muted">没有内容</p>;
  return (
    <dl className="desk-fields">
      {entries.map(([name, value]) => (
        <Field key={name} name={name} label={labels.get(name)} value={value} labels={labels} />
      ))}
    </dl>
  );
}

function Field({
  name,
  label,
  value,
  labels,
}: {
  name: string;
  label: string | undefined;
  value: unknown;
  labels: Labels;
}) {
  const isNode = typeof value === "object" && value !== null && !isNumber(value);
  if (!isNode) {
    return (
      <div className="desk-field">
        <dt className="muted">
          {label ?? name}
          {label && <code className="desk-code">{name}</code>}
        </dt>
        <dd className="desk-value">{String(value)}</dd>
      </div>
    );
  }
  const objects = Array.isArray(value) ? value : [value];
  return (
    <div>
      <dt className="muted">
        <code>{name}</code>
        {Array.isArray(value) && ` ${objects.length} 条`}
      </dt>
      <dd>
        {objects.map((object, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a message never changes.
          <Fields key={i} tree={object as object} labels={labels} />
        ))}
      </dd>
    </div>
  );
}
