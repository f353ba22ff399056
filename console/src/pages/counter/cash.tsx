import { CheckCircleFilled, PrinterOutlined, WarningFilled } from "@ant-design/icons";
import { App, Button, Input, Radio, Select, Skeleton } from "antd";
import { type ReactNode, useState } from "react";
import { dayShown, yearOf } from "../../../../shared/day.ts";
import { isFault, type Reply, useAct, useRead } from "../../api.ts";
import { useDesk, usePayments } from "../../desk.tsx";
import { benefitYearOn, money } from "../../figures.ts";
import { useKeys } from "../../keyboard.ts";
import { Amount, Fact } from "../../parts/facts.tsx";
import { Wrong } from "../../parts/tell.tsx";
import { readings as refundReadings } from "../refunds/lines.ts";
import { ReceiptSlips } from "./slips.tsx";
import type { Visitor } from "./visitor.ts";

type Owed = Reply<"counter.owed">;
type CashOrder = Reply<"counter.order">;

/** 代收缴费 · takes the cash that the visitor owes today, and no other sum: it is shown, not typed. */
export function CashCard({ visitor, print }: { visitor: Visitor; print: (slip: ReactNode) => void }) {
  const [order, setOrder] = useState<CashOrder | null>(null);
  const payments = usePayments();
  return (
    <section className="card panel" aria-label="代收现金缴费">
      <header className="card-head">
        <h2>代收现金缴费</h2>
        <kbd>m</kbd>
      </header>
      {order ? (
        <Taken order={order} visitor={visitor} print={print} again={() => setOrder(null)} />
      ) : payments?.open === false ? (
        <p className="band attention">现在暂停缴费，窗口也不能收。居民看到的是：“{payments.sentence}”</p>
      ) : (
        <CashForm visitor={visitor} taken={setOrder} />
      )}
    </section>
  );
}

function CashForm({ visitor: { person, seen }, taken }: { visitor: Visitor; taken: (order: CashOrder) => void }) {
  const { today } = useDesk();
  const { modal } = App.useApp();
  const take = useAct("counter.order", ["counter.orders"]);
  const now = yearOf(today);
  const [benefitYear, setYear] = useState(benefitYearOn(today));
  const [tier, setTier] = useState(1);
  const [repairYears, setRepairYears] = useState(0);
  // The same number until it is answered, so that a lost answer never takes the money twice.
  const [requestNo, setRequestNo] = useState(() => crypto.randomUUID());
  const owed = useRead("counter.owed", { params: { personNo: person.personNo }, body: { benefitYear, tier } });
  const payable = (owed.data?.choices ?? []).filter(({ coverFrom }) => coverFrom !== null);
  const choice = payable.find((one) => one.repairYears === repairYears) ?? payable[0];
  const changing =
    <T,>(change: (to: T) => void) =>
    (to: T) => {
      change(to);
      setRequestNo(crypto.randomUUID());
      take.reset();
    };
  const write = ({ total, repairYears }: Choice) =>
    take
      .mutateAsync({
        body: {
          requestNo,
          lines: [{ personNo: person.personNo, benefitYear, tier, repairYears }],
          expected: total,
          seen,
        },
      })
      // A no is about what is owed now, which is read again; where no answer came, the same is asked again.
      .then(taken, (error) => void (!isFault(error) && owed.refetch()));
  const submit = () => {
    if (!choice || take.isPending) return;
    const { total, repairYears } = choice;
    modal.confirm({
      title: total === "0.00" ? "不收钱，给此人参保？" : `已经点清现金 ${money(total)}？`,
      content: `${person.name}，${benefitYear}年度${repairYears > 0 ? `，补缴${repairYears}年` : ""}。${coverText(choice)}。入账后记在您名下。`,
      okText: total === "0.00" ? "确认参保" : `收下 ${money(total)}`,
      cancelText: "再看看",
      onOk: () => write(choice),
    });
  };
  useKeys({ m: submit });
  const tiers = owed.data?.tiers ?? [];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="fields">
        <span>
          <label htmlFor="cash-year">年度</label>
          <Select
            id="cash-year"
            value={benefitYear}
            options={[now, now + 1].map((one) => ({ value: one, label: `${one}年度` }))}
            onChange={changing((year: number) => {
              setYear(year);
              setTier(1);
              setRepairYears(0);
            })}
          />
        </span>
        {tiers.length > 1 && (
          <span>
            <label htmlFor="cash-tier">档次</label>
            <Select
              id="cash-tier"
              value={tier}
              options={tiers.map((amount, i) => ({ value: i + 1, label: `第${i + 1}档 ${money(amount)}` }))}
              onChange={changing(setTier)}
            />
          </span>
        )}
      </div>
      {owed.data ? (
        <Sum owed={owed.data} choice={choice} choose={changing(setRepairYears)} />
      ) : owed.error ? (
        <Wrong error={owed.error} />
      ) : (
        <Skeleton active title={false} paragraph={{ rows: 2 }} />
      )}
      <Wrong error={take.error} />
      {owed.error && isFault(owed.error) && <Button onClick={() => void owed.refetch()}>再试一次</Button>}
      <div className="card-actions">
        <Button type="primary" htmlType="submit" disabled={!choice} loading={take.isPending}>
          {!choice ? "收款" : choice.total === "0.00" ? "不收钱，参保" : `收现金 ${money(choice.total)}`}
        </Button>
      </div>
    </form>
  );
}

type Choice = Owed["choices"][number];

/** From which day it covers, and after how long a wait. */
const coverText = ({ coverFrom, waitingMonths }: Choice): string =>
  coverFrom === null
    ? "等待期满时这个年度已经结束，缴了也享受不到"
    : `${waitingMonths > 0 ? `等${waitingMonths}个月，` : ""}${dayShown(coverFrom)}起能报销`;

/** 应缴 · what it is made of, and where lapsed years can be repaired, what each choice comes to. */
function Sum({
  owed: { quote, choices },
  choice,
  choose,
}: {
  owed: Owed;
  choice: Choice | undefined;
  choose: (repairYears: number) => void;
}) {
  return (
    <>
      <dl className="facts">
        <Fact title="缴费标准">
          <Amount of={quote.standard} />
        </Fact>
        {quote.subsidised !== "0.00" && (
          <Fact title="资助">
            <Amount of={quote.subsidised} />
            <span className="muted">，不用本人交</span>
          </Fact>
        )}
        <Fact title="应收">
          {choice ? (
            <>
              <b className="sum-due">
                <Amount of={choice.total} />
              </b>
              <div className="muted">{coverText(choice)}</div>
            </>
          ) : (
            "现在不能收：等待期满时这个年度已经结束，缴了也享受不到。"
          )}
        </Fact>
      </dl>
      {choices.length > 1 && (
        <Radio.Group
          className="choices"
          aria-label="补缴"
          value={choice?.repairYears}
          onChange={({ target }) => choose(target.value)}
        >
          {choices.map((one) => (
            <Radio key={one.repairYears} value={one.repairYears} disabled={one.coverFrom === null}>
              {one.repairYears === 0 ? "不补缴" : `补缴${one.repairYears}年`}，<Amount of={one.total} />
              <div className="muted">{coverText(one)}</div>
            </Radio>
          ))}
        </Radio.Group>
      )}
    </>
  );
}

function Taken({
  order,
  visitor: { seen },
  print,
  again,
}: {
  order: CashOrder;
  visitor: Visitor;
  print: (slip: ReactNode) => void;
  again: () => void;
}) {
  const give = useAct("counter.give-back");
  const receipts = useAct("counter.receipt");
  const printReceipts = () =>
    receipts.mutate(
      { params: { orderNo: order.orderNo } },
      {
        onSuccess: (found) =>
          print(<ReceiptSlips key={Date.now()} receipts={found.receipts} orderNo={order.orderNo} />),
      },
    );
  const enrolled = order.lines.filter(({ outcome }) => outcome === "enrolled");
  if (give.data) {
    return (
      <>
        <p role="status">已记下：退回现金 {money(give.data.amount)}。</p>
        <div className="card-actions">
          <Button onClick={again}>再收一笔</Button>
        </div>
      </>
    );
  }
  if (enrolled.length === 0) {
    return (
      <>
        <p role="alert" className="status-line stop">
          <WarningFilled /> 这笔钱没有入账，请把 {money(order.total)} 退给本人。
        </p>
        <Wrong error={give.error} />
        <div className="card-actions">
          <Button
            type="primary"
            loading={give.isPending}
            onClick={() => give.mutate({ params: { orderNo: order.orderNo }, body: { seen } })}
          >
            已退给本人
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      {enrolled.map(({ benefitYear, coverFrom, amount }) => (
        <p key={benefitYear} role="status" className="status-line done">
          <CheckCircleFilled /> 已参保 {benefitYear} 年度，{dayShown(coverFrom)}起能报销，收 {money(amount)}。
        </p>
      ))}
      <p className="muted">缴费单号 {order.orderNo}</p>
      <Wrong error={receipts.error} />
      <div className="card-actions">
        <Button type="primary" icon={<PrinterOutlined />} loading={receipts.isPending} onClick={printReceipts}>
          打印票据
        </Button>
        <Button onClick={again}>再收一笔</Button>
      </div>
    </>
  );
}

/** 付出退费 · cash that was taken at a counter is given back at one, once the refund was agreed to. */
export function PayOutCard({ visitor: { seen } }: { visitor: Visitor }) {
  const { modal } = App.useApp();
  const pay = useAct("counter.pay-out", refundReadings);
  const [typed, setTyped] = useState("");
  const refundNo = typed.replace(/\s/g, "").toUpperCase();
  const isGood = /^[0-9A-Z]{24}$/.test(refundNo);
  const submit = () => {
    if (!isGood || pay.isPending) return;
    modal.confirm({
      title: "现在付出退费的现金？",
      content: "只有当时在窗口交的现金、而且退费已经同意的，才在窗口付出。付出以后不能撤销。",
      okText: "现金已付出",
      cancelText: "先不付",
      onOk: () =>
        pay.mutateAsync({ params: { refundNo }, body: { seen } }).then(
          () => setTyped(""),
          () => {},
        ),
    });
  };
  return (
    <section className="card panel" aria-label="付出退费现金">
      <header className="card-head">
        <h2>付出退费现金</h2>
      </header>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label htmlFor="refund-no">退费单号（24位）</label>
        <Input
          id="refund-no"
          className="number"
          autoComplete="off"
          maxLength={30}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {pay.data && (
          <p role="status" className="status-line done">
            <CheckCircleFilled /> 已付出 {pay.data.name} {pay.data.benefitYear} 年度的退费 {money(pay.data.amount)}。
          </p>
        )}
        <Wrong error={pay.error} />
        <div className="card-actions">
          <Button htmlType="submit" disabled={!isGood} loading={pay.isPending}>
            付出
          </Button>
        </div>
      </form>
    </section>
  );
}
