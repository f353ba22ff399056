import { DownloadOutlined, FileTextOutlined } from "@ant-design/icons";
import { Button, Input, Modal, Table } from "antd";
import { useRef, useState } from "react";
import { importHeading } from "../../../../shared/provider/provider.ts";
import { type Reply, useAct } from "../../api.ts";
import { counted } from "../../figures.ts";
import { Wrong } from "../../parts/tell.tsx";
import { readings } from "./words.tsx";

const most = 90_000;

/** Spreadsheets write either UTF-8 or the national encoding; what is not the one is the other. */
function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

const example = [
  "H37061199999",
  "示例卫生院",
  "公立",
  "否",
  "一级乙等",
  "乡镇卫生院",
  "乡镇卫生院",
  "普通门诊、住院",
  "示例街1号",
  "0535-1234567",
  "2025-01-01",
  "2026-12-31",
];

/** 表头 and one example row; the mark at the beginning makes spreadsheets read it as UTF-8. */
const template = `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${importHeading.join()}\r\n${example.join()}\r\n`)}`;

/** 导入名册 · providers whose agreements are in force already; rows that were not taken are told by line. */
export function ImportDialog({ close }: { close: () => void }) {
  const take = useAct("providers.import", readings);
  const chooser = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ name: string; csv: string } | null>(null);
  const [reason, setReason] = useState("");
  const isTooLong = file !== null && file.csv.length > most;
  const isGood = file !== null && !isTooLong && reason.trim().length >= 2;
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    setFile({ name: chosen.name, csv: textOf(await chosen.arrayBuffer()) });
    take.reset();
  };
  return (
    <Modal
      open
      title="导入已生效的定点机构"
      okText="导入"
      cancelText={take.data ? "关闭" : "取消"}
      width={680}
      onOk={() => file && isGood && !take.isPending && take.mutate({ body: { csv: file.csv, reason: reason.trim() } })}
      onCancel={close}
      okButtonProps={{ disabled: !isGood }}
      confirmLoading={take.isPending}
    >
      <div className="decision">
        <p className="muted">
          只用于接管今天已经生效的协议；新机构请登记申请。导入的机构要由另一位经办人员决定以后才能结算，您导入的您不能决定，也不能给它发密钥。同一行导入两次不会改动，和登记册不同的行不会导入。
        </p>
        <div className="card-actions">
          <input
            ref={chooser}
            type="file"
            hidden
            accept=".csv,text/csv"
            aria-label="名册文件"
            onChange={({ target }) => void read(target.files?.[0])}
          />
          <Button icon={<FileTextOutlined />} onClick={() => chooser.current?.click()}>
            选择CSV文件
          </Button>
          <a className="button" href={template} download="定点机构导入模板.csv">
            <DownloadOutlined /> 下载模板
          </a>
          <span>{file?.name ?? <span className="muted">还没有选文件</span>}</span>
        </div>
        {isTooLong && <p className="wrong">文件太大，一次最多约500行，请分成几个文件。</p>}
        <label htmlFor="import-reason">来源和理由（会留下记录，至少2个字）</label>
        <Input id="import-reason" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        <Wrong error={take.error} />
        {take.data && <Outcome reply={take.data} />}
      </div>
    </Modal>
  );
}

function Outcome({ reply }: { reply: NonNullable<Reply<"providers.import"> | undefined> }) {
  const { added, unchanged, faults } = reply;
  return (
    <section aria-label="导入结果">
      <p role="status">
        <b>
          新导入 {counted(added)} 家（待另一位经办人员决定），已经有的 {counted(unchanged)} 家，没有导入{" "}
          {counted(faults.length)} 行。
        </b>
      </p>
      {faults.length > 0 && (
        <Table
          size="small"
          rowKey="line"
          dataSource={faults}
          pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
          columns={[
            { title: "第几行", dataIndex: "line", width: 80 },
            { title: "为什么没有导入", dataIndex: "message" },
          ]}
        />
      )}
    </section>
  );
}
