import { Button } from "antd";
import { useState } from "react";
import { mayOpen } from "../../access.ts";
import { useRead } from "../../api.ts";
import { useDesk, useMe } from "../../desk.tsx";
import { inFours } from "../../figures.ts";
import type { Found } from "../../parts/seen.tsx";
import { Failure, Waiting } from "../../parts/tell.tsx";
import { isRefundable, lineFate, lineText, type PersonLine } from "../refunds/lines.ts";
import { ProposalDialog } from "../refunds/proposal.tsx";

/** 缴费记录 · what was paid for the visitor, whoever paid it; from here a refund is proposed. */
export function LinesCard({ person }: { person: Found }) {
  const me = useMe();
  const { today } = useDesk();
  const lines = useRead("counter.orders", { params: { personNo: person.personNo } });
  const [proposed, setProposed] = useState<PersonLine | null>(null);
  return (
    <section className="card panel wide" aria-label="缴费记录">
      <header className="card-head">
        <h2>缴费记录</h2>
      </header>
      {lines.error ? (
        <Failure error={lines.error} retry={() => void lines.refetch()} />
      ) : !lines.data ? (
        <Waiting rows={2} />
      ) : lines.data.lines.length === 0 ? (
        <p className="muted">还没有缴费记录。手机上缴的、窗口收的，入账以后都会出现在这里。</p>
      ) : (
        <ul className="entries">
          {lines.data.lines.map((line) => (
            <li key={`${line.orderNo} ${line.line}`}>
              <div>
                <b>{lineText(line)}</b>
                <div className="muted">
                  {lineFate(line)}，票据号 <span className="number">{inFours(line.receipt.number)}</span>
                </div>
              </div>
              {isRefundable(line, today) && mayOpen(me, "refunds") && (
                <Button onClick={() => setProposed(line)}>提出退费</Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {proposed && (
        <ProposalDialog
          of={{ person, line: proposed }}
          close={() => setProposed(null)}
          proposed={() => setProposed(null)}
        />
      )}
    </section>
  );
}
