import { DownloadOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef, Segmented, Table, type TableColumnsType } from "antd";
import { type ReactNode, useRef, useState } from "react";
import { Link, useLocation, useParams } from "react-router";
import { dayShown, isDay } from "../../../../shared/day.ts";
import type { Body, Reply } from "../../api.ts";
import { download } from "../../csv.ts";
import { useAddress, useDesk, useTitle } from "../../desk.tsx";
import { counted, inFours, sumOf } from "../../figures.ts";
import { openRow, useRowKeys } from "../../keyboard.ts";
import { DayPicker, picked } from "../../parts/calendar.ts";
import { Amount } from "../../parts/facts.tsx";
import { useSearch } from "../../parts/found.ts";
import { Page } from "../../parts/page.tsx";
import { Reason } from "../../parts/reason.tsx";
import { Empty, Wrong } from "../../parts/tell.tsx";
import { ClaimView } from "./claim.tsx";
import { type ClaimRow, careName, StateOf, stateWord } from "./words.tsx";
import "./claims.css";

type ClaimSearch = Body<"claims-agency.claims">;

/** 费用查询 · claims of a person, one by its number, or a provider's day; or one of them. */
export default function ClaimsPage() {
  const { personNo, claimNo } = useParams();
  return personNo && claimNo ? <ClaimView key={claimNo} personNo={personNo} claimNo={claimNo} /> : <Search />;
}

const kinds = { person: "按身份证号", claim: "按结算编号", provider: "按机构和日期" } as const;
type Kind = keyof typeof kinds;

const reasons = ["居民来电核对费用", "核查投诉举报", "医院核对结算"];

function Search() {
  const [parameters, change] = useAddress();
  const { found, search } = useSearch("claims-agency.claims");
  const first = useRef<InputRef>(null);
  const written = parameters.get("by") ?? "";
  const by: Kind = written in kinds ? (written as Kind) : "person";
  useTitle("费用查询");
  useRowKeys({ "/": () => first.current?.focus({ cursor: "all" }) });
  return (
    <Page
      above="费用与争议"
      title="费用查询"
      tools={
        found &&
        found.claims.length > 0 && (
          <Button icon={<DownloadOutlined />} onClick={() => download("费用查询.csv", exported(found.claims))}>
            导出
          </Button>
        )
      }
    >
      <section className="card panel search" aria-label="查询条件">
        <header className="panel-head">
          <Segmented<Kind>
            aria-label="怎么查"
            value={by}
            options={(Object.keys(kinds) as Kind[]).map((value) => ({ value, label: kinds[value] }))}
            onChange={(one) => change({ by: one })}
          />
          <span className="muted hint aside-right">/ 填写　j / k 选择　回车打开</span>
        </header>
        <Form key={by} by={by} first={first} search={(body) => search.mutate({ body })} isPending={search.isPending} />
        <Wrong error={search.error} />
        <p className="muted">只能查到本辖区的人。每次查询和理由都会留下记录，审计可以看到。</p>
      </section>
      {found && <Found person={found.person} claims={found.claims} more={found.more} isPending={search.isPending} />}
    </Page>
  );
}

/** The conditions of one kind; what is personal in them stays out of the address. */
function Form({
  by,
  first,
  search,
  isPending,
}: {
  by: Kind;
  first: React.RefObject<InputRef>;
  search: (asked: ClaimSearch) => void;
  isPending: boolean;
}) {
  const { today } = useDesk();
  const [parameters, change] = useAddress();
  const [typed, setTyped] = useState("");
  const [claimNo, setClaimNo] = useState("");
  const [reason, setReason] = useState("");
  const provider = parameters.get("provider") ?? "";
  const writtenDay = parameters.get("on") ?? "";
  const on = isDay(writtenDay) ? writtenDay : today;
  const why = reason.trim();
  const asked = askedOf(by, { typed: typed.trim(), claimNo: claimNo.replace(/\s/g, ""), provider, on, reason: why });
  const field = (id: string, label: string, child: ReactNode, wide = false) => (
    <span className={wide ? "wide" : undefined}>
      <label htmlFor={id}>{label}</label>
      {child}
    </span>
  );
  const providerField = field(
    "provider",
    "机构编码",
    <Input
      id="provider"
      ref={by === "provider" ? first : undefined}
      maxLength={12}
      placeholder="H37061100001"
      value={provider}
      onChange={({ target }) => change({ provider: target.value.trim().toUpperCase() })}
    />,
  );
  return (
    <form
      aria-label="填写条件"
      onSubmit={(event) => {
        event.preventDefault();
        if (asked && !isPending) search(asked);
      }}
    >
      <div className="fields">
        {by === "person" &&
          field(
            "number",
            "身份证号",
            <Input
              id="number"
              ref={first}
              autoFocus
              autoComplete="off"
              maxLength={20}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />,
          )}
        {by === "claim" && (
          <>
            {field(
              "claim",
              "结算编号（28位）",
              <Input
                id="claim"
                ref={first}
                autoFocus
                autoComplete="off"
                maxLength={40}
                value={claimNo}
                onChange={({ target }) => setClaimNo(target.value)}
              />,
              true,
            )}
            {providerField}
          </>
        )}
        {by === "provider" && (
          <>
            {providerField}
            {field(
              "day",
              "结算日",
              <DayPicker
                id="day"
                allowClear={false}
                showNow={false}
                value={picked(on)}
                onChange={(day) => day && change({ on: day.on })}
              />,
            )}
          </>
        )}
        <Reason value={reason} change={setReason} usual={reasons} />
        <Button
          type="primary"
          htmlType="submit"
          icon={<SearchOutlined />}
          disabled={asked === null}
          loading={isPending}
        >
          查询
        </Button>
      </div>
    </form>
  );
}

/** What is asked, once all that it needs is there. */
function askedOf(
  by: Kind,
  {
    typed,
    claimNo,
    provider,
    on,
    reason,
  }: Record<"typed" | "claimNo" | "provider" | "reason", string> & { on: never | Parameters<typeof dayShown>[0] },
): ClaimSearch | null {
  if (reason.length < 4) return null;
  const hasProvider = /^[HP]\d{11}$/.test(provider);
  if (by === "person") return typed ? { by, identityNumber: typed, reason } : null;
  if (by === "claim")
    return hasProvider && /^\d{12}[0-9A-Z]{16}$/i.test(claimNo)
      ? { by, claimNo: claimNo.toUpperCase(), of: provider, reason }
      : null;
  return hasProvider ? { by, providerCode: provider, on, reason } : null;
}

function Found({
  person,
  claims,
  more,
  isPending,
}: Pick<Reply<"claims-agency.claims">, "person" | "claims" | "more"> & { isPending: boolean }) {
  return (
    <section className="card panel" aria-label="查询结果" aria-busy={isPending}>
      <header className="panel-head">
        <h2>
          <span role="status">{claims.length === 0 ? "没有费用" : `${counted(claims.length)} 笔费用`}</span>
          {more && <span className="aside">还有更多，只显示最近的 {counted(claims.length)} 笔</span>}
        </h2>
        {person && (
          <span className="aside-right">
            <b>{person.name}</b> <span className="number">{person.identityNumber}</span>
            <span className="muted">　{person.unitName}</span>
          </span>
        )}
      </header>
      {claims.length === 0 ? (
        <Empty>
          {person ? "这个人还没有医保结算过的费用。" : "这家机构这一天没有给本辖区的人结算过，换一天或核对编码再查。"}
        </Empty>
      ) : (
        <Rows claims={claims} />
      )}
    </section>
  );
}

function Rows({ claims }: { claims: readonly ClaimRow[] }) {
  const { search } = useLocation();
  const standing = claims.filter(({ state }) => state === "settled");
  const total = (name: "total" | "fundsTotal" | "patientTotal") => sumOf(standing.map((one) => one[name]));
  const columns: TableColumnsType<ClaimRow> = [
    {
      title: "就诊人",
      width: 200,
      render: (_, { person, claimNo }) => (
        <>
          <Link data-row to={{ pathname: `/claims/${person.personNo}/${claimNo}`, search }}>
            {person.name}
          </Link>
          <div className="muted number">{person.identityNumber}</div>
        </>
      ),
    },
    {
      title: "医药机构",
      render: (_, { provider, claimNo }) => (
        <>
          {provider}
          <div className="muted number">{claimNo}</div>
        </>
      ),
    },
    { title: "类别", width: 96, render: (_, { careType }) => careName(careType) },
    {
      title: "就诊（出院）日",
      width: 160,
      render: (_, { on, settledOn }) => (
        <>
          {dayShown(on)}
          {settledOn !== on && <div className="muted">{dayShown(settledOn)}结算</div>}
        </>
      ),
    },
    { title: "总费用", width: 118, align: "right", render: (_, one) => <Amount of={one.total} /> },
    { title: "医保和救助付", width: 118, align: "right", render: (_, one) => <Amount of={one.fundsTotal} /> },
    { title: "自己付", width: 118, align: "right", render: (_, one) => <Amount of={one.patientTotal} /> },
    { title: "状态", width: 92, render: (_, one) => <StateOf claim={one} /> },
  ];
  return (
    <Table<ClaimRow>
      className="choose"
      size="small"
      rowKey="claimNo"
      columns={columns}
      dataSource={[...claims]}
      pagination={false}
      sticky={{ offsetHeader: 56 }}
      onRow={() => ({ onClick: openRow })}
      summary={() => (
        <Table.Summary fixed="bottom">
          <Table.Summary.Row>
            <Table.Summary.Cell index={0} colSpan={4}>
              合计 {counted(standing.length)} 笔{standing.length < claims.length && "（不含已撤销）"}
            </Table.Summary.Cell>
            {(["total", "fundsTotal", "patientTotal"] as const).map((name, i) => (
              <Table.Summary.Cell key={name} index={4 + i} align="right">
                <Amount of={total(name)} />
              </Table.Summary.Cell>
            ))}
            <Table.Summary.Cell index={7} />
          </Table.Summary.Row>
        </Table.Summary>
      )}
    />
  );
}

/** The rows as a table for a spreadsheet: identity numbers masked as on the screen, amounts as text. */
const exported = (claims: readonly ClaimRow[]): string[][] => [
  [
    "就诊人",
    "证件号",
    "机构编码",
    "机构",
    "类别",
    "就诊（出院）日",
    "结算日",
    "总费用",
    "医保和救助付",
    "自己付",
    "状态",
    "结算编号",
  ],
  ...claims.map((one) => [
    one.person.name,
    one.person.identityNumber,
    one.providerCode,
    one.provider,
    careName(one.careType),
    one.on,
    one.settledOn,
    one.total,
    one.fundsTotal,
    one.patientTotal,
    stateWord(one.state),
    inFours(one.claimNo),
  ]),
];
