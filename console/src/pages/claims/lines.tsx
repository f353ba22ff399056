import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { classes } from "../../../../shared/catalogue/catalogue.ts";
import { call, keyOf, type Reply, recorded } from "../../api.ts";
import { counted, money } from "../../figures.ts";
import { Empty, Failure, Waiting } from "../../parts/tell.tsx";
import type { ClaimPage } from "./words.tsx";

type ClaimLine = Reply<"claims-agency.lines">["lines"][number];

/** An amount that can be below zero: lines that take others back are. */
const signed = (amount: string): string => (amount.startsWith("-") ? `−${money(amount.slice(1))}` : money(amount));
const own = (amount: string): string => (amount === "0.00" ? "—" : signed(amount));

/** 费用明细 · the fee lines of a claim, page by page, or those whose name holds some words. */
export function ClaimLines({ claim: { person, claimNo, lines: count } }: { claim: ClaimPage }) {
  const [q, search] = useState("");
  const lines = useClaimLines(person.personNo, claimNo, q);
  const rows = lines.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <section className="card panel" aria-label="费用明细" aria-busy={lines.isFetching}>
      <header className="panel-head">
        <h2>费用明细 {counted(count)} 条</h2>
        <Input.Search
          className="aside-right line-search"
          aria-label="按名称查找明细"
          placeholder="名称里的字"
          allowClear
          maxLength={40}
          onSearch={(words) => search(words.trim())}
        />
      </header>
      {lines.error && !lines.data ? (
        <Failure error={lines.error} retry={() => void lines.refetch()} />
      ) : !lines.data ? (
        <Waiting rows={4} />
      ) : rows.length === 0 ? (
        <Empty>{q ? "没有名称里有这些字的明细。" : "没有明细。"}</Empty>
      ) : (
        <Rows rows={rows} />
      )}
      {lines.hasNextPage && (
        <p className="more">
          <span className="muted">已显示 {counted(rows.length)} 条。</span>
          <Button loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
            再看后面的
          </Button>
        </p>
      )}
    </section>
  );
}

const Rows = ({ rows }: { rows: readonly ClaimLine[] }) => (
  <div className="scroll lines">
    <table className="plain-table">
      <thead>
        <tr>
          <th>项目</th>
          <th className="right">单价 × 数量</th>
          <th className="right">金额</th>
          <th className="right">目录外</th>
          <th className="right">超限价</th>
          <th className="right">先行自付</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((line) => (
          <tr key={line.serial}>
            <td>
              {line.name}
              <div className="muted">
                {classes[line.class]}
                {line.ownPay ? "，医院审批不通过转自费" : ""}，{line.chargedAt.slice(0, 16)}
              </div>
            </td>
            <td className="right number">
              {line.price} × {line.quantity.replace("-", "−")}
            </td>
            <td className="right number">{signed(line.total)}</td>
            <td className="right number">{own(line.outsideCatalogue)}</td>
            <td className="right number">{own(line.overPriceCap)}</td>
            <td className="right number">{own(line.upfront)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** 费用明细, page by page; every reading of a page is recorded. */
const useClaimLines = (personNo: string, claimNo: string, q: string) =>
  useInfiniteQuery({
    queryKey: keyOf("claims-agency.lines", { params: { personNo, claimNo }, query: { q } }),
    queryFn: ({ pageParam }) =>
      call("claims-agency.lines", {
        params: { personNo, claimNo },
        query: { ...(q && { q }), ...(pageParam && { after: pageParam }) },
      }),
    initialPageParam: "",
    getNextPageParam: ({ after }) => after,
    ...recorded,
  });
