import { marshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBStreamEvent } from "aws-lambda";
import { handler as consume } from "../../functions/outbox/consume.ts";
import { handler as reconcile } from "../../functions/payments/reconcile.ts";
import { handler as sweep } from "../../functions/payments/sweep.ts";
import type { Choice } from "../../local/wechat/cashier.ts";
import type { Call } from "../../shared/api/client.ts";
import { type PayWay, payWayNames, tradeNoOf } from "../../shared/contribution/trade.ts";
import { plus, text, yuan } from "../../shared/money.ts";
import type { Item } from "../world/expressions.ts";
import { agreedBy } from "../world/hands.ts";
import type { Caller, Payable } from "./simulation-base.ts";
import type { History } from "./simulation-history.ts";

/** An order as the phone that asked for it knows it; it may have been made though no reply came. */
interface Asked {
  readonly payer: Caller;
  readonly body: { requestNo: string; lines: { whom: Payable["whom"]; benefitYear: number }[]; expected: string };
  orderNo: string | null;
  readonly lines: number;
  /** The ways whose parameters the phone was given. */
  readonly given: Set<PayWay>;
}

/** Cash that an officer took, as they asked for it to be booked. */
export interface Cash {
  readonly body: {
    requestNo: string;
    lines: { personNo: string; benefitYear: number }[];
    expected: string;
    seen: "identity-card";
  };
  orderNo: string | null;
  refused: boolean;
}

const year = 2026;
const seen = "identity-card" as const;

/** What the people of one history have done so far. */
export class People {
  readonly history: History;
  readonly orders: Asked[] = [];
  readonly cash: Cash[] = [];
  readonly refunds: string[] = [];
  #serial = 0;
  constructor(history: History) {
    this.history = history;
  }

  get #dice() {
    return this.history.dice;
  }
  get #officers() {
    return this.history.base.officers;
  }

  #some<T>(from: readonly T[], most: number): T[] {
    const left = [...from];
    const some: T[] = [];
    for (let n = this.#dice.int(1, most); n > 0 && left.length > 0; n--) {
      some.push(...left.splice(this.#dice.int(0, left.length - 1), 1));
    }
    return some;
  }

  /** One of the acts, begun; its end is waited for by whoever plays the stage. */
  act(): Promise<unknown> {
    const total = acts.reduce((sum, [weight]) => sum + weight, 0);
    let at = this.#dice.next() * total;
    for (const [weight, run] of acts) {
      at -= weight;
      if (at < 0) return run(this);
    }
    return this.sweep();
  }

  /** 下单 · for one to three people; the same request again where no reply came. */
  async order(): Promise<Asked> {
    const { payers, people } = this.history.base;
    const payer = this.#dice.pick(payers);
    // The newborn is the first payer's alone.
    const may = people.filter(({ whom }) => whom.who !== "member" || payer === payers[0]);
    // The child who is on the register twice is paid for more often than chance would have it.
    const child = may.slice(4).filter(({ whom }) => whom.who === "member" || payer === payers[0]);
    const chosen = this.#dice.chance(0.3) && child.length > 0 ? this.#some(child, 2) : this.#some(may, 3);
    const expected = text(plus(...chosen.map(({ total }) => yuan(total))));
    const lines = chosen.map(({ whom }) => ({ whom, benefitYear: year }));
    const body = { requestNo: `simulated-${++this.#serial}`, lines, expected };
    const order: Asked = { payer, body, orderNo: null, lines: lines.length, given: new Set() };
    this.orders.push(order);
    await this.ask(order);
    return order;
  }

  async ask(order: Asked): Promise<void> {
    const { payer, body } = order;
    const answer = await this.history.call(payer, `order ${body.requestNo} for ${body.expected}`, (call) =>
      call("contributions.order", { body }),
    );
    if (answer) order.orderNo = (answer as { orderNo: string }).orderNo;
  }

  async #with(order: Asked | undefined, what: string, name: "close" | "confirm" | PayWay): Promise<boolean> {
    if (!order?.orderNo) return false;
    const params = { orderNo: order.orderNo };
    const answer = await this.history.call(order.payer, `${what} ${order.body.requestNo}`, (call) => {
      if (name === "close") return call("contributions.close", { params });
      if (name === "confirm") return call("contributions.confirm", { params, body: { paid: what === "paid" } });
      return call("contributions.pay", { params, body: { how: name } });
    });
    return answer !== null;
  }

  #anyOrder = (): Asked | undefined => (this.orders.length > 0 ? this.#dice.pick(this.orders) : undefined);

  async open(order = this.#anyOrder()): Promise<void> {
    const way = this.#dice.pick(payWayNames);
    if (await this.#with(order, `pay by ${way}`, way)) order!.given.add(way);
  }

  /** Pays at the cashier what a phone was shown. */
  async pay(order = this.#anyOrder()): Promise<void> {
    if (!order?.orderNo || order.given.size === 0) return;
    const choice = this.#dice.pick<Choice>(["pay", "pay", "pay-told-late", "pay-untold"]);
    await this.cashier(tradeNoOf(order.orderNo, this.#dice.pick([...order.given])), choice);
  }

  cashier(tradeNo: string, choice: Choice): Promise<unknown> {
    const { channel } = this.history.base;
    const paid = () => this.history.stage.perform("cashier", () => channel.pay(tradeNo, choice), false);
    return paid().then((done) => this.history.say(`${tradeNo} ${choice} → ${done ? "paid" : "cannot be paid"}`));
  }

  /** The whole way of somebody who pays: order, open, pay, come back. */
  async journey(): Promise<void> {
    const order = await this.order();
    await this.open(order);
    await this.pay(order);
    if (this.#dice.chance(0.2)) await this.pay(order);
    if (this.#dice.chance(0.4)) await this.confirm(order);
  }

  confirm = (order = this.#anyOrder()) => this.#with(order, this.#dice.chance(0.7) ? "paid" : "look at", "confirm");
  close = (order = this.#anyOrder()) => this.#with(order, "close", "close");
  askAgain = async (order = this.#anyOrder()) => order && this.ask(order);

  /** 窗口收现金 · for people of the register; the officer asks again until they know what became of it. */
  async takeCash(): Promise<void> {
    const chosen = this.#some(
      this.history.base.people.filter(({ personNo }) => personNo),
      2,
    );
    const expected = text(plus(...chosen.map(({ total }) => yuan(total))));
    const lines = chosen.map(({ personNo }) => ({ personNo, benefitYear: year }));
    const cash: Cash = {
      body: { requestNo: `cash-taken-${++this.#serial}`, lines, expected, seen },
      orderNo: null,
      refused: false,
    };
    this.cash.push(cash);
    await this.bookCash(cash);
  }

  async bookCash(cash: Cash): Promise<void> {
    const answer = await this.history.call(this.#officers.counter, `cash ${cash.body.expected}`, (call) =>
      call("counter.order", { body: cash.body }),
    );
    if (answer) cash.orderNo = (answer as { orderNo: string }).orderNo;
  }

  /** Money that no phone was asked for: of another amount, for no order, or by a way that we did not open. */
  stray(): Promise<unknown> {
    const order = this.#anyOrder();
    const kind = this.#dice.pick(["unknown", "amount", "unopened"] as const);
    const known = kind !== "unknown" && order?.orderNo ? order : null;
    const tradeNo = known
      ? tradeNoOf(known.orderNo!, this.#dice.pick(payWayNames))
      : `20251120${String(++this.#serial).padStart(16, "0")}J`;
    const { book } = this.history.base.channel;
    if (book.trades[tradeNo]) return this.pay(order);
    const total = known && kind === "unopened" ? yuan(known.body.expected) : this.#dice.int(1, 50_000);
    if (total === 0) return Promise.resolve();
    book.trades[tradeNo] = {
      orderNo: tradeNo,
      kind: "NATIVE",
      total,
      description: "来历不明",
      notifyUrl: process.env.WECHAT_PAY_NOTIFY_URL ?? "",
      timeExpire: "",
      expiresAt: this.history.stage.now + 3_600_000,
      openid: "",
      token: tradeNo,
      state: "NOTPAY",
      transactionNo: null,
      paidAt: null,
    };
    this.history.say(`stray money: ${kind}, ${total} fen`);
    return this.cashier(tradeNo, this.#dice.pick<Choice>(["pay", "pay", "pay-untold"]));
  }

  /** A notification that came before comes again, from wherever it was. */
  async replay(): Promise<void> {
    const { notices } = this.history;
    if (notices.length > 0) await this.history.tell(this.#dice.pick(notices));
  }

  /** The newborn gets its number: it is somebody of the register, and the two become one. */
  merge(): Promise<unknown> {
    const { newborn, payers } = this.history.base;
    const { tieNo, ...body } = newborn;
    const give = (call: Call) => call("family.identity-number", { params: { tieNo }, body });
    return this.history.call(payers[0]!, "the newborn's number", give);
  }

  async wish(): Promise<void> {
    const order = this.#anyOrder();
    const cash = this.cash.length > 0 ? this.#dice.pick(this.cash) : undefined;
    const byOfficer = this.#dice.chance(0.4);
    const orderNo = byOfficer && cash && this.#dice.chance(0.5) ? cash.orderNo : order?.orderNo;
    if (!orderNo) return;
    const line = this.#dice.int(0, Math.max(0, (order?.lines ?? 1) - 1));
    const body = { orderNo, line, reason: this.#dice.pick(["wrong-payment", "enlisted"] as const) };
    const answer = byOfficer
      ? await this.history.call(this.#officers.one, `proposes a refund of line ${line}`, (call) =>
          call("refunds-agency.propose", { body }),
        )
      : await this.history.call(order!.payer, `asks for line ${line} back`, (call) =>
          call("refunds.request", { body }),
        );
    if (answer) this.refunds.push((answer as { refundNo: string }).refundNo);
  }

  #refund = () => (this.refunds.length > 0 ? { refundNo: this.#dice.pick(this.refunds) } : null);

  async decide(): Promise<void> {
    const params = this.#refund();
    if (!params) return;
    const approve = this.#dice.chance(0.8);
    const who = this.#dice.pick([this.#officers.one, this.#officers.two, this.#officers.two]);
    await this.history.call(who, `${approve ? "approves" : "rejects"} a refund`, (call) =>
      call("refunds-agency.decide", { params, body: { approve, reason: "情况属实" } }),
    );
  }

  async withdraw(): Promise<void> {
    const params = this.#refund();
    if (params)
      await this.history.call(this.#dice.pick(this.history.base.payers), "withdraws a refund", (call) =>
        call("refunds.withdraw", { params }),
      );
  }

  payOut = async (params = this.#refund()) =>
    params &&
    this.history.call(this.#officers.counter, "pays a refund out", (call) =>
      call("counter.pay-out", { params, body: { seen } }),
    );

  giveBack = async (orderNo = this.cash.length > 0 ? this.#dice.pick(this.cash).orderNo : null) =>
    orderNo &&
    this.history.call(this.#officers.counter, "gives cash back", (call) =>
      call("counter.give-back", { params: { orderNo }, body: { seen } }),
    );

  /** What the channel would not pay back is looked at: one is put right there, or asked for once more. */
  async lookAfter(every = false): Promise<void> {
    for (const [refundNo, one] of this.history.misfortunes) {
      if (one.kind === "abnormal" && (every || this.#dice.chance(0.5))) this.history.putRight(refundNo, one);
      if (!every && this.#dice.chance(0.5)) continue;
      const [, kind, id = ""] = /^([SR])(.+)-\d+$/.exec(refundNo) ?? [];
      if (kind === "S") {
        await this.#paidBack(id, "has suspense paid back again");
      } else {
        await this.history.call(this.#officers.one, "has a refund paid again", (call) =>
          call("refunds-agency.again", { params: { refundNo: id } }),
        );
      }
    }
  }

  /** Money without an order: finance has it paid back. */
  returnUnknown(suspenseNo: string): Promise<unknown> {
    return this.#paidBack(suspenseNo, "has unknown money paid back");
  }

  /** By two hands: one proposes, the other agrees. */
  async #paidBack(suspenseNo: string, about: string): Promise<void> {
    const { finance, treasurer } = this.#officers;
    const proposed = await this.history.call(finance, about, (call) =>
      call("payments.return", { params: { suspenseNo } }),
    );
    if (proposed)
      await this.history.call(treasurer, "agrees to it", (call) => agreedBy(call)(proposed as { proposalNo: string }));
  }

  sweep = () => this.history.work("sweep", () => sweep());
  twoSweeps = () => Promise.all([this.sweep(), this.sweep()]);
  reconcile = () => this.history.work("reconciliation", () => reconcile());

  /** Delivers what waits in the outbox: some of it, all of it, once or twice, in any order. */
  async deliver(every = false): Promise<void> {
    const waiting = (await this.history.all("main")).filter((item) => item.outbox === "1");
    const some = every ? waiting : waiting.filter(() => this.#dice.chance(0.7));
    if (some.length === 0) return;
    const twice = !every && this.#dice.chance(0.3) ? some.slice(0, 3) : [];
    const event = (items: Item[]) =>
      ({
        Records: items.map((item) => ({ dynamodb: { NewImage: marshall(item), SequenceNumber: String(item.id) } })),
      }) as unknown as DynamoDBStreamEvent;
    await Promise.all(
      [some, twice]
        .filter((items) => items.length > 0)
        .map((items) => this.history.work("outbox", () => consume(event(items)))),
    );
  }
}

/** What people and clocks do, and how often. */
const acts: readonly (readonly [number, (people: People) => Promise<unknown>])[] = [
  [14, (people) => people.journey()],
  [1, (people) => people.order()],
  [3, (people) => people.open()],
  [3, (people) => people.pay()],
  [3, (people) => people.confirm()],
  [3, (people) => people.close()],
  [1, (people) => people.askAgain()],
  [2, (people) => people.takeCash()],
  [2, (people) => people.stray()],
  [2, (people) => people.replay()],
  [2, (people) => people.merge()],
  [4, (people) => people.wish()],
  [4, (people) => people.decide()],
  [1, (people) => people.withdraw()],
  [1, (people) => people.payOut()],
  [1, (people) => people.giveBack()],
  [2, (people) => people.lookAfter()],
  [3, (people) => people.sweep()],
  [1, (people) => people.twoSweeps()],
  [2, (people) => people.deliver()],
];
