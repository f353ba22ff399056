import { CheckCircleFilled, CloseCircleFilled, LoadingOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { type Reply, useAct } from "../../api.ts";
import { counted } from "../../figures.ts";
import { Wrong } from "../../parts/tell.tsx";
import { daysWords, type Filing, waitsWords } from "./words.tsx";

type ApprovedFiling = Reply<"filings-agency.approve-many">["results"][number];

/** 批量同意 · says who and what first; afterwards what became of each. */
export function ApprovalsDialog({ filings, close }: { filings: readonly Filing[]; close: () => void }) {
  const approve = useAct("filings-agency.approve-many", ["filings-agency.list"]);
  const results = approve.data?.results;
  const asked = filings.map(({ person: { personNo }, filingNo, version }) => ({ personNo, filingNo, version }));
  const failed = results?.filter(({ state }) => state === null).length ?? 0;
  return (
    <Modal
      open
      width={760}
      title={
        results
          ? failed === 0
            ? `${counted(results.length)} 个都办好了`
            : `办好 ${counted(results.length - failed)} 个，没办成 ${counted(failed)} 个`
          : `同意这 ${counted(filings.length)} 个备案？`
      }
      onCancel={close}
      footer={
        results ? (
          <Button type="primary" autoFocus onClick={close}>
            知道了
          </Button>
        ) : (
          <>
            <Button disabled={approve.isPending} onClick={close}>
              先不定
            </Button>
            <Button
              type="primary"
              autoFocus
              loading={approve.isPending}
              onClick={() => approve.mutate({ body: { filings: asked } })}
            >
              同意 {counted(filings.length)} 个
            </Button>
          </>
        )
      }
    >
      <div className="decision">
        {!results && <p>同意以后马上生效，本人会收到消息。请先确认每一个的材料您都看过。</p>}
        <div className="scroll lines filing-batch">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">谁</th>
                <th scope="col">备案</th>
                <th scope="col">{results ? "结果" : "等什么"}</th>
              </tr>
            </thead>
            <tbody>
              {filings.map((one) => (
                <tr key={one.filingNo}>
                  <td>{one.person.name}</td>
                  <td>
                    {one.destination.name}，{one.kindName}
                    <div className="muted">{daysWords(one)}</div>
                  </td>
                  <td>
                    {results ? (
                      <Result of={results.find(({ filingNo }) => filingNo === one.filingNo)} />
                    ) : approve.isPending ? (
                      <LoadingOutlined />
                    ) : (
                      one.waits && waitsWords[one.waits]
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Wrong error={approve.error} />
      </div>
    </Modal>
  );
}

function Result({ of: result }: { of: ApprovedFiling | undefined }) {
  if (!result || result.state === null) {
    return (
      <span className="status-line stop">
        <CloseCircleFilled /> {result?.message ?? "没有结果，请重新读取"}
      </span>
    );
  }
  return (
    <span className="status-line done">
      <CheckCircleFilled /> {result.message || "已同意"}
    </span>
  );
}
