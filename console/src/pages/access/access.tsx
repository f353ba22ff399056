import { SearchOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef, Segmented } from "antd";
import { useRef, useState } from "react";
import { useLocation } from "react-router";
import { type Body, useAct } from "../../api.ts";
import { useAddress, useMe, useTitle } from "../../desk.tsx";
import { counted } from "../../figures.ts";
import { useKeys } from "../../keyboard.ts";
import { Page } from "../../parts/page.tsx";
import { Reason } from "../../parts/reason.tsx";
import { Empty, Wrong } from "../../parts/tell.tsx";
import { ByDay } from "./day.tsx";
import { type Look, Rows } from "./rows.tsx";

type AccessSearch = Body<"claims-agency.access">;

const kinds = { person: "查一个人", unit: "查一个村或单位", day: "按天查" } as const;
type Kind = keyof typeof kinds;
const kindOf = (written: string | null): Kind => (written === "unit" || written === "day" ? written : "person");

const reasons = ["例行抽查", "居民投诉信息泄露", "核查异常查询"];

/** 查阅记录 · who looked at a person's data or at lists of a unit, when and why; that it was read is recorded too. */
export default function AccessPage() {
  const me = useMe();
  const [parameters, change] = useAddress();
  const { state } = useLocation() as { state: { personNo: string; name: string } | null };
  const [whom, setWhom] = useState(state);
  const search = useAct("claims-agency.access");
  const [asked, setAsked] = useState<AccessSearch | null>(null);
  const [looks, setLooks] = useState<readonly Look[]>([]);
  const first = useRef<InputRef>(null);
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const by: Kind = kindOf(parameters.get("by"));
  const unit = parameters.get("unit") ?? me.unit.code;
  useTitle("查阅记录");
  useKeys({ "/": () => first.current?.focus({ cursor: "all" }) });
  const why = reason.trim();
  const ready = why.length >= 4 ? wanted(by, { typed: typed.trim(), unit, why, personNo: whom?.personNo }) : null;
  const ask = (body: AccessSearch, before: readonly Look[]) =>
    search.mutate(
      { body },
      {
        onSuccess: (found) => {
          setAsked(body);
          setLooks([...before, ...found.looks]);
        },
      },
    );
  const choice = (
    <Segmented<Kind>
      aria-label="查什么"
      value={by}
      options={(Object.keys(kinds) as Kind[]).map((value) => ({ value, label: kinds[value] }))}
      onChange={(one) => change({ by: one })}
    />
  );
  if (by === "day")
    return (
      <Page above="审计" title="查阅记录">
        <ByDay choice={choice} usual={reasons} />
      </Page>
    );
  return (
    <Page above="审计" title="查阅记录">
      <section className="card panel search" aria-label="查询条件">
        <header className="panel-head">
          {choice}
          <span className="muted hint aside-right">/ 填写</span>
        </header>
        <form
          aria-label="填写条件"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready && !search.isPending) ask(ready, []);
          }}
        >
          <div className="fields">
            {by === "unit" ? (
              <span>
                <label htmlFor="unit">区划代码（6、9或12位）</label>
                <Input
                  id="unit"
                  ref={first}
                  maxLength={12}
                  value={unit}
                  onChange={({ target }) => change({ unit: target.value.trim() })}
                />
              </span>
            ) : whom ? (
              <span>
                <label htmlFor="whom">查谁</label>
                <Button id="whom" onClick={() => setWhom(null)}>
                  {whom.name}（换一个人）
                </Button>
              </span>
            ) : (
              <span>
                <label htmlFor="number">身份证号</label>
                <Input
                  id="number"
                  ref={first}
                  autoFocus
                  autoComplete="off"
                  maxLength={20}
                  value={typed}
                  onChange={({ target }) => setTyped(target.value)}
                />
              </span>
            )}
            <Reason value={reason} change={setReason} usual={reasons} />
            <Button
              type="primary"
              htmlType="submit"
              icon={<SearchOutlined />}
              disabled={ready === null}
              loading={search.isPending}
            >
              查看
            </Button>
          </div>
        </form>
        <Wrong error={search.error} />
        <p className="muted">
          {by === "unit"
            ? "名单、待办这类一次看很多人的查阅，记在村（或待办所属的单位）下面。"
            : "看过这个人的经办人员、家人和医药机构都在这里。"}
          您这次查看也会留下记录。
        </p>
      </section>
      {search.data && asked && (
        <section className="card panel" aria-label="记录" aria-busy={search.isPending}>
          <header className="panel-head">
            <h2>
              <span role="status">
                {search.data.before === null
                  ? `${counted(looks.length)} 次查阅`
                  : `最近 ${counted(looks.length)} 次查阅`}
              </span>
            </h2>
            <span className="aside-right">
              {search.data.person && (
                <>
                  <b>{search.data.person.name}</b> <span className="number">{search.data.person.identityNumber}</span>
                  <span className="muted">　{search.data.person.unitName}</span>
                </>
              )}
              {search.data.unit && <b>{search.data.unit.name}</b>}
            </span>
          </header>
          {looks.length === 0 ? <Empty>没有人看过。</Empty> : <Rows looks={looks} />}
          {search.data.before !== null && (
            <p className="more">
              <span className="muted">已显示 {counted(looks.length)} 次。</span>
              <Button
                loading={search.isPending}
                onClick={() => search.data.before !== null && ask({ ...asked, before: search.data.before }, looks)}
              >
                再看更早的
              </Button>
            </p>
          )}
        </section>
      )}
    </Page>
  );
}

/** What is asked, once all that it needs is there. */
function wanted(
  by: Kind,
  { typed, unit, why, personNo }: { typed: string; unit: string; why: string; personNo: string | undefined },
): AccessSearch | null {
  if (by === "unit") return /^\d{6}(\d{3}){0,2}$/.test(unit) ? { by, unit, reason: why } : null;
  if (personNo !== undefined) return { by: "person", personNo, reason: why };
  return typed ? { by: "identity-number", identityNumber: typed, reason: why } : null;
}
