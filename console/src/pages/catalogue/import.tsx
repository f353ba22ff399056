import { DownloadOutlined } from "@ant-design/icons";
import { Button, Modal, Progress, Table } from "antd";
import { useRef, useState } from "react";
import { partsOf } from "../../../../shared/catalogue/parts.ts";
import { dayShown } from "../../../../shared/day.ts";
import { call, live, type Reply, useRead, useReread } from "../../api.ts";
import { counted } from "../../figures.ts";
import { Empty, Wrong } from "../../parts/tell.tsx";

type CatalogueRefusal = Reply<"catalogue.import">["refusals"][number];

/** What became of the rows so far, of how many parts. */
interface Done {
  readonly fileName: string;
  readonly parts: number;
  readonly of: number;
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly refused: number;
  readonly refusals: readonly CatalogueRefusal[];
}
const mostListed = 500;

/** 导入目录 · a file goes out in parts; what was refused is listed, and the same file again goes on where it broke off. */
export function CatalogueImport({ close }: { close: () => void }) {
  const [done, setDone] = useState<Done | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [isRunning, setRunning] = useState(false);
  const stopped = useRef(false);
  const chooser = useRef<HTMLInputElement>(null);
  const reread = useReread();

  const send = async (file: File) => {
    stopped.current = false;
    setError(null);
    setRunning(true);
    try {
      const csv = await textOf(file);
      await sendParts(file.name.slice(-100), csv, setDone, () => stopped.current);
    } catch (why) {
      setError(why as Error);
    }
    setRunning(false);
    await reread(["catalogue.search", "catalogue.item", "catalogue.imports"]);
  };

  return (
    <Modal
      open
      width={860}
      title="导入医保目录"
      footer={
        isRunning ? (
          <Button
            onClick={() => {
              stopped.current = true;
            }}
          >
            停下
          </Button>
        ) : (
          <Button onClick={close}>关闭</Button>
        )
      }
      closable={!isRunning}
      keyboard={!isRunning}
      maskClosable={false}
      onCancel={close}
    >
      <div className="import">
        <p>
          CSV
          文件，第一行是表头，一行写一个编码从哪一天起怎么规定。已有的规定不会被改动：内容一样的行跳过，要更正请另写一个起始日。
        </p>
        <div className="card-actions">
          <input
            ref={chooser}
            hidden
            type="file"
            accept=".csv,text/csv"
            aria-label="选择CSV文件"
            onChange={({ target }) => {
              const file = target.files?.[0];
              target.value = "";
              if (file) void send(file);
            }}
          />
          <Button type="primary" disabled={isRunning} onClick={() => chooser.current?.click()}>
            选择文件
          </Button>
          <a className="button" href={sample} download="目录导入样例.csv">
            <DownloadOutlined /> 下载样例
          </a>
        </div>
        {done && <Result of={done} isRunning={isRunning} />}
        <Wrong error={error} />
        {error && <p className="muted">已经写进去的不用管，把同一个文件再选一次，会接着往下写。</p>}
        {!done && <History />}
      </div>
    </Modal>
  );
}

/** Files are saved as UTF-8, or as the spreadsheet program of this country does it. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

async function sendParts(
  fileName: string,
  csv: string,
  onDone: (done: Done) => void,
  isStopped: () => boolean,
): Promise<void> {
  const parts = partsOf(csv);
  const importNo = `${Date.now()}-${Math.random().toString(36).slice(2, 8).padEnd(6, "0")}`;
  let done: Done = {
    fileName,
    parts: 0,
    of: parts.length,
    rows: 0,
    added: 0,
    changed: 0,
    same: 0,
    refused: 0,
    refusals: [],
  };
  onDone(done);
  for (const part of parts) {
    if (isStopped()) return;
    const answer = await call("catalogue.import", { body: { importNo, fileName, ...part } });
    done = {
      ...done,
      parts: done.parts + 1,
      rows: done.rows + answer.rows,
      added: done.added + answer.added,
      changed: done.changed + answer.changed,
      same: done.same + answer.same,
      refused: done.refused + answer.refused,
      refusals: [...done.refusals, ...answer.refusals].slice(0, mostListed),
    };
    onDone(done);
  }
}

function Result({ of: done, isRunning }: { of: Done; isRunning: boolean }) {
  const isWhole = done.parts === done.of;
  return (
    <>
      <Progress
        aria-label="写入进度"
        percent={Math.floor((done.parts * 100) / done.of)}
        status={isRunning ? "active" : isWhole ? "success" : "exception"}
      />
      <p role="status">
        <b>{done.fileName}</b>：{isWhole ? "全部读完" : isRunning ? "正在写入" : "没有写完"}，共 {counted(done.rows)}{" "}
        行。新编码 {counted(done.added)}，新规定 {counted(done.changed)}，没有变化 {counted(done.same)}，没有收{" "}
        <b className={done.refused > 0 ? "wrong" : ""}>{counted(done.refused)}</b>。
      </p>
      {done.refused > 0 && (
        <Table<CatalogueRefusal>
          size="small"
          rowKey={({ row, sentence }) => `${row} ${sentence}`}
          columns={[
            { title: "文件第几行", width: 110, align: "right", render: (_, { row }) => counted(row) },
            { title: "编码", width: 240, render: (_, { code }) => <span className="number">{code || "—"}</span> },
            { title: "为什么没有收", render: (_, { sentence }) => sentence },
          ]}
          dataSource={[...done.refusals]}
          pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
        />
      )}
      {done.refused > done.refusals.length && <p className="muted">只列出前 {counted(mostListed)} 行。</p>}
    </>
  );
}

/** 导入记录 · who brought in what. */
function History() {
  const { data } = useRead("catalogue.imports", {}, live);
  if (!data) return null;
  if (data.imports.length === 0) return <Empty>还没有导入过文件。导入以后，谁在哪一天导入了什么会列在这里。</Empty>;
  return (
    <Table<(typeof data.imports)[number]>
      size="small"
      rowKey="importNo"
      columns={[
        { title: "日期", width: 130, render: (_, { on }) => dayShown(on) },
        { title: "经办人员", width: 140, render: (_, { by }) => by },
        { title: "文件", render: (_, { fileName }) => fileName },
        { title: "新编码", width: 84, align: "right", render: (_, { added }) => counted(added) },
        { title: "新规定", width: 84, align: "right", render: (_, { changed }) => counted(changed) },
        { title: "没有变化", width: 92, align: "right", render: (_, { same }) => counted(same) },
        { title: "没有收", width: 84, align: "right", render: (_, { refused }) => counted(refused) },
      ]}
      dataSource={[...data.imports]}
      pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
    />
  );
}

const sampleRows = [
  "编码,名称,类别,收费类别,起始日,等级,先行自付比例,限价,一级限价,二级限价,三级限价,限制使用,谈判药品,儿童用药,调出",
  "XA01AAA001A001010199901,样例片 10mg×12片,药品,09,2026-01-01,乙类,0.1,12.5,,,,,,,",
  "009999000010000,样例检查,诊疗项目,03,2026-01-01,甲类,,,20,30,45,,,,",
  "009999000020000,样例护理,诊疗项目,07,2026-01-01,丙类,,,,,,,,,",
];
/** The mark at its head tells spreadsheet programs that it is UTF-8. */
const sample = `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${sampleRows.join("\r\n")}\r\n`)}`;
