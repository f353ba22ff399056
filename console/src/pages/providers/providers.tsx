import { ImportOutlined, PlusOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, type InputRef, Segmented, Select, Table, type TableColumnsType } from "antd";
import { useRef, useState } from "react";
import { Link, useLocation, useNavigate, useParams } from "react-router";
import type { Asked } from "../../../../shared/api/endpoint.ts";
import type { Endpoints } from "../../../../shared/api/endpoints.ts";
import { dayShown } from "../../../../shared/day.ts";
import { type AgreementState, agreementStateNames } from "../../../../shared/provider/agreement.ts";
import {
  hospitalLevels,
  levelNames,
  ownerships,
  type ProviderKind,
  providerKinds,
} from "../../../../shared/provider/provider.ts";
import { call, keyOf, live } from "../../api.ts";
import { useAddress, useMe, useTitle } from "../../desk.tsx";
import { counted } from "../../figures.ts";
import { openRow, useRowKeys } from "../../keyboard.ts";
import { Page } from "../../parts/page.tsx";
import { Failure, Waiting } from "../../parts/tell.tsx";
import { ApplicationDialog } from "./form.tsx";
import { ImportDialog } from "./import.tsx";
import { ProviderPage } from "./provider.tsx";
import { type ProviderRow, StateOf, servicesText, stateName } from "./words.tsx";
import "./providers.css";

type ProviderFilter = Pick<Asked<Endpoints["providers.list"]>["query"], "state" | "kind" | "q">;

/** 定点机构 · the register of the officer's unit, or one of it. */
export default function ProvidersPage() {
  const { code } = useParams();
  return code === undefined ? <Register /> : <ProviderPage key={code} code={code} />;
}

const shownStates = [
  "",
  "applied",
  "reviewed",
  "in-force",
  "suspended",
  "expired",
  "ended",
  "refused",
  "withdrawn",
] as const satisfies readonly (AgreementState | "")[];

const runs: readonly AgreementState[] = ["in-force", "suspended"];

const empties: Partial<Record<AgreementState | "", string>> = {
  "": "这里还没有定点机构。登记申请，或导入已经生效的名册以后，会出现在这里。",
  applied: "没有等评估的申请。",
  reviewed: "没有等决定的申请。评估通过以后，由另一位经办人员在这里决定。",
};

function Register() {
  const me = useMe();
  const [parameters, change] = useAddress();
  const navigate = useNavigate();
  const search = useRef<InputRef>(null);
  const [isOpen, setOpen] = useState<"application" | "import" | null>(null);
  const written = parameters.get("state") as AgreementState | null;
  const state = written !== null && agreementStateNames.includes(written) ? written : "";
  const writtenKind = parameters.get("kind") ?? "";
  const kind = writtenKind in providerKinds ? (writtenKind as ProviderKind) : null;
  const q = parameters.get("q") ?? "";
  const providers = useProviders({ ...(state && { state }), ...(kind && { kind }), ...(q && { q }) });
  useTitle("定点机构");
  useRowKeys({
    "/": () => search.current?.focus(),
    n: () => setOpen("application"),
  });
  const rows = providers.data?.pages.flatMap((page) => page.providers) ?? [];
  return (
    <Page
      above="定点与目录"
      title="定点机构"
      small={me.unit.name}
      tools={
        <>
          <Button icon={<ImportOutlined />} onClick={() => setOpen("import")}>
            导入名册
          </Button>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("application")}>
            登记申请 <kbd>n</kbd>
          </Button>
        </>
      }
    >
      <Segmented<AgreementState | "">
        aria-label="协议状态"
        className="states"
        value={state}
        options={shownStates.map((one) => ({ value: one, label: one === "" ? "全部" : stateName(one) }))}
        onChange={(one) => change({ state: one })}
      />
      <section className="card panel" aria-label="名单">
        <header className="panel-head">
          <Input.Search
            ref={search}
            className="list-search"
            aria-label="按名称或编码查找"
            placeholder="名称，或编码开头"
            allowClear
            maxLength={40}
            defaultValue={q}
            onSearch={(one) => change({ q: one.trim() })}
          />
          <Select
            aria-label="机构类别"
            className="kind"
            value={kind ?? ""}
            options={[
              { value: "", label: "全部类别" },
              ...Object.entries(providerKinds).map(([value, label]) => ({ value, label })),
            ]}
            onChange={(one) => change({ kind: one })}
          />
          <span className="muted hint aside-right">j / k 选择　回车打开　/ 查找</span>
        </header>
        {providers.error && !providers.data ? (
          <Failure error={providers.error} retry={() => void providers.refetch()} />
        ) : !providers.data ? (
          <Waiting />
        ) : (
          <Rows
            rows={rows}
            empty={q || kind ? "没有符合的机构，换个条件再看。" : (empties[state] ?? "没有这样的机构。")}
          />
        )}
        {providers.hasNextPage && (
          <p className="more">
            <span className="muted">已显示 {counted(rows.length)} 家。</span>
            <Button loading={providers.isFetchingNextPage} onClick={() => void providers.fetchNextPage()}>
              再看后面的
            </Button>
          </p>
        )}
      </section>
      {isOpen === "application" && (
        <ApplicationDialog close={() => setOpen(null)} recorded={(code) => navigate(`/providers/${code}`)} />
      )}
      {isOpen === "import" && <ImportDialog close={() => setOpen(null)} />}
    </Page>
  );
}

function Rows({ rows, empty }: { rows: readonly ProviderRow[]; empty: string }) {
  const { search } = useLocation();
  const columns: TableColumnsType<ProviderRow> = [
    {
      title: "机构",
      render: (_, { code, name }) => (
        <>
          <Link data-row to={{ pathname: `/providers/${code}`, search }}>
            {name}
          </Link>
          <div className="muted number">{code}</div>
        </>
      ),
    },
    {
      title: "类别",
      width: 130,
      render: (_, { kind, ownership, countyName, county }) => (
        <>
          {ownerships[ownership]}
          {providerKinds[kind]}
          <div className="muted">{countyName ?? county}</div>
        </>
      ),
    },
    {
      title: "医院等级",
      width: 100,
      render: (_, { terms }) => (terms ? hospitalLevels[terms.real].name : "—"),
    },
    { title: "限价等级", width: 126, render: (_, { terms }) => (terms ? levelNames[terms.price] : "—") },
    { title: "起付线等级", width: 126, render: (_, { terms }) => (terms ? levelNames[terms.deductible] : "—") },
    { title: "开通服务", width: 300, render: (_, { terms }) => (terms ? servicesText(terms.services) : "—") },
    {
      title: "协议",
      width: 180,
      render: (_, { agreement }) => (
        <>
          <StateOf agreement={agreement} />
          {agreement.until && runs.includes(agreement.state) && (
            <div className="muted">到{dayShown(agreement.until)}</div>
          )}
        </>
      ),
    },
  ];
  return (
    <Table<ProviderRow>
      className="choose"
      size="small"
      rowKey="code"
      columns={columns}
      dataSource={rows}
      pagination={false}
      locale={{ emptyText: empty }}
      onRow={() => ({ onClick: openRow })}
    />
  );
}

/** 定点机构 of the officer's unit, page by page. */
const useProviders = (filter: ProviderFilter) =>
  useInfiniteQuery({
    queryKey: keyOf("providers.list", { query: filter }),
    queryFn: ({ pageParam }) =>
      call("providers.list", { query: { ...filter, ...(pageParam !== "" && { after: pageParam }) } }),
    initialPageParam: "",
    getNextPageParam: ({ providers, more }) => (more ? (providers.at(-1)?.code ?? null) : null),
    ...live,
  });
