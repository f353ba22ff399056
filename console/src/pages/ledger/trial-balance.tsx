import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";
import { type Day, dayOf, dayShown, isDay, monthOf, yearOf } from "../../../../shared/day.ts";
import { live, type Reply, useRead } from "../../api.ts";
import { useDesk, useTitle } from "../../desk.tsx";
import { counted, gapOf, money, sumOf } from "../../figures.ts";
import { DayPicker, picked } from "../../parts/calendar.ts";
import { Amount } from "../../parts/facts.tsx";
import { Page } from "../../parts/page.tsx";
import { Empty, Failure, Waiting } from "../../parts/tell.tsx";
import "./ledger.css";

type TrialBalance = Reply<"ledger.trial-balance">;

type Account = TrialBalance["accounts"][number];

const isFolded = ({ debit, credit, foldedDebit, foldedCredit }: Account): boolean =>
  debit === foldedDebit && credit === foldedCredit;

/** 试算平衡 · the turnover of every account, added up again from the entries, beside what was folded as they were booked. */
export default function TrialBalancePage() {
  const { today } = useDesk();
  const [parameters, setParameters] = useSearchParams();
  const [from, until] = [
    dayIn(parameters.get("from")) ?? dayOf(yearOf(today), monthOf(today), 1),
    dayIn(parameters.get("until")) ?? today,
  ];
  const books = useRead("ledger.trial-balance", { query: { from, until } }, live);
  useTitle("试算平衡");
  return (
    <Page
      above="基金账"
      title="试算平衡"
      small={`${dayShown(from)}至${dayShown(until)}`}
      tools={
        <DayPicker.RangePicker
          aria-label="起止日期"
          allowClear={false}
          value={[picked(from), picked(until)]}
          presets={presets(today).map(({ label, range: [a, b] }) => ({
            label,
            value: [picked(a), picked(b)],
          }))}
          onChange={(range) => {
            const [first, last] = range ?? [];
            if (first && last) setParameters({ from: first.on, until: last.on });
          }}
        />
      }
    >
      {books.error ? (
        <Failure error={books.error} retry={() => void books.refetch()} />
      ) : books.data ? (
        <Books books={books.data} />
      ) : (
        <>
          <p className="muted" role="status">
            正在从分录重新加总，日子越多越久……
          </p>
          <Waiting />
        </>
      )}
    </Page>
  );
}

const dayIn = (written: string | null): Day | null => (written && isDay(written) ? written : null);

const presets = (today: Day): { label: string; range: [Day, Day] }[] => [
  { label: "今天", range: [today, today] },
  { label: "本月", range: [dayOf(yearOf(today), monthOf(today), 1), today] },
  { label: "今年", range: [dayOf(yearOf(today), 1, 1), today] },
];

function Books({ books }: { books: TrialBalance }) {
  const { balanced, entries, accounts } = books;
  if (accounts.length === 0) {
    return (
      <section className="card panel">
        <Empty>这些天没有入账。有人缴费以后，各科目的发生额会列在这里。</Empty>
      </section>
    );
  }
  const debit = sumOf(accounts.map((one) => one.debit));
  const credit = sumOf(accounts.map((one) => one.credit));
  const apart = accounts.filter((one) => !isFolded(one));
  const funds = [...new Set(accounts.map((one) => one.fund))];
  return (
    <>
      <section className="verdicts" aria-label="结论">
        <Verdict good={balanced} word={balanced ? "借贷平衡" : "借贷不平"}>
          {counted(entries)} 笔分录，借方 {money(debit)}，贷方 {money(credit)}
          {balanced ? "，两边相等。" : `，相差 ${money(gapOf(debit, credit))}。请停止结账，并查明是哪一笔。`}
        </Verdict>
        <Verdict good={apart.length === 0} word={apart.length === 0 ? "汇总与分录一致" : "汇总与分录不一致"}>
          {apart.length === 0
            ? `${accounts.length} 个科目的汇总数，都等于从分录重新加出来的数。`
            : `${apart.map((one) => one.name).join("、")}对不上，下表已标出。刚入账的几秒内会归集好；一直不一致就要核对。`}
        </Verdict>
      </section>
      {funds.map((fund) => (
        <Fund key={fund} name={fund} accounts={accounts.filter((one) => one.fund === fund)} />
      ))}
    </>
  );
}

const Verdict = ({ good, word, children }: { good: boolean; word: string; children: ReactNode }) => (
  <section className={good ? "card verdict good" : "card verdict bad"} role="status">
    <h2>
      {good ? <CheckCircleFilled /> : <CloseCircleFilled />} {word}
    </h2>
    <p>{children}</p>
  </section>
);

function Fund({ name, accounts }: { name: string; accounts: readonly Account[] }) {
  const columns: TableColumnsType<Account> = [
    { title: "科目", dataIndex: "name" },
    {
      title: "借方发生额",
      children: [
        { title: "分录", align: "right", width: 170, render: (_, { debit }) => <Amount of={debit} /> },
        {
          title: "汇总",
          align: "right",
          width: 170,
          render: (_, { debit, foldedDebit }) => <Folded amount={foldedDebit} entries={debit} />,
        },
      ],
    },
    {
      title: "贷方发生额",
      children: [
        { title: "分录", align: "right", width: 170, render: (_, { credit }) => <Amount of={credit} /> },
        {
          title: "汇总",
          align: "right",
          width: 170,
          render: (_, { credit, foldedCredit }) => <Folded amount={foldedCredit} entries={credit} />,
        },
      ],
    },
    {
      title: "核对",
      width: 110,
      render: (_, one) =>
        isFolded(one) ? (
          <span className="status done">
            <CheckCircleFilled /> 一致
          </span>
        ) : (
          <span className="status stop">
            <CloseCircleFilled /> 不一致
          </span>
        ),
    },
  ];
  const sum = (column: "debit" | "foldedDebit" | "credit" | "foldedCredit") =>
    sumOf(accounts.map((one) => one[column]));
  return (
    <section className="card panel" aria-label={name}>
      <header className="panel-head">
        <h2>{name}</h2>
      </header>
      <Table<Account>
        size="small"
        bordered
        rowKey="account"
        columns={columns}
        dataSource={accounts}
        pagination={false}
        rowClassName={(one) => (isFolded(one) ? "" : "apart")}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
            {(["debit", "foldedDebit", "credit", "foldedCredit"] as const).map((column, i) => (
              <Table.Summary.Cell key={column} index={i + 1} align="right">
                <Amount of={sum(column)} />
              </Table.Summary.Cell>
            ))}
            <Table.Summary.Cell index={5}>
              {sum("debit") === sum("credit") ? "借贷相等" : `相差 ${money(gapOf(sum("debit"), sum("credit")))}`}
            </Table.Summary.Cell>
          </Table.Summary.Row>
        )}
      />
    </section>
  );
}

/** A folded figure; where it differs from the entries it says by how much. */
const Folded = ({ amount, entries }: { amount: string; entries: string }) =>
  amount === entries ? (
    <Amount of={amount} />
  ) : (
    <span className="wrong">
      <Amount of={amount} />
      <br />
      相差 <Amount of={gapOf(amount, entries)} />
    </span>
  );
