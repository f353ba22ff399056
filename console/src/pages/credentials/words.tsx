import { Table, type TableColumnsType } from "antd";
import { credentialStates } from "../../../../shared/credential/credential.ts";
import type { Reply } from "../../api.ts";
import { momentShown } from "../../parts/moment.ts";

/** 医保码 of one person. */
export type CredentialFound = Reply<"credentials-agency.find">;
type CodeUse = CredentialFound["uses"][number];

type Credential = CredentialFound["credential"];
const looks = { "not-opened": "other", active: "done", suspended: "stop", closed: "other" } as const;

/** 医保码状态 in its colour and its word. */
export const CredentialStateOf = ({ of: { state, held } }: { of: Pick<Credential, "state" | "held"> }) => (
  <span className={`status ${looks[state]}`}>
    {credentialStates[state].name}
    {held && "（经办人员）"}
  </span>
);

/** How a code was read: online or handed in later, from a phone or from paper. */
const wayWords = ({ offline, weak }: Pick<CodeUse, "offline" | "weak">): string =>
  `${offline ? "离线，后来补报" : "联网"}${weak ? "，纸质码加身份证" : ""}`;

/** 用码记录 · where, for what, when, how. */
export function UsesTable<U extends CodeUse>({
  uses,
  empty,
  first = [],
}: {
  uses: readonly U[];
  empty: string;
  first?: TableColumnsType<U>;
}) {
  const columns: TableColumnsType<U> = [
    ...first,
    { title: "时间", width: 190, render: (_, { at }) => <span className="number">{momentShown(at)}</span> },
    { title: "机构", dataIndex: "provider" },
    { title: "用途", width: 130, dataIndex: "purpose" },
    { title: "怎么读的", width: 190, render: (_, use) => wayWords(use) },
    { title: "出示的手机", width: 150, render: (_, { phone }) => phone ?? <span className="muted">—</span> },
    {
      title: "疑点",
      width: 90,
      render: (_, { caseNo }) => (caseNo ? <span className="status attention">有</span> : ""),
    },
  ];
  return (
    <Table<U>
      size="small"
      rowKey="useNo"
      columns={columns}
      dataSource={[...uses]}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: <div className="empty">{empty}</div> }}
    />
  );
}
