import { ThrottlingException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { signature } from "../../functions/channel/wechat-sign.ts";
import { config } from "../../functions/config.ts";
import { limit } from "../../functions/limits.ts";
import { callApi } from "../../local/server.ts";
import { type Call, Refused } from "../../shared/api/client.ts";
import { type Random, random } from "../../shared/random.ts";
import type { Item } from "../world/expressions.ts";
import { MemoryTables, type Written } from "../world/tables-in-memory.ts";
import { answerBy, type Base, type Caller, callOf, mounted, places, replied, startsAt } from "./simulation-base.ts";
import { Crashed, Stage } from "./simulation-stage.ts";

/** How bad the weather of a history is: each number says how likely something goes wrong. */
interface Weather {
  readonly conflict: number;
  readonly throttle: number;
  readonly lostReply: number;
  readonly crash: number;
  /** A call of the channel does not arrive, or is not answered. */
  readonly unreachable: number;
  readonly unanswered: number;
  /** A notification is dropped, told twice, or its reply is lost; until an hour of the history none arrives. */
  readonly dropped: number;
  readonly twice: number;
  readonly silentHours: number;
  /** The channel does not pay back as asked. */
  readonly misfortune: number;
}

const weatherOf = ({ pick }: Random): Weather => ({
  conflict: pick([0, 0, 0.05, 0.2]),
  throttle: pick([0, 0, 0.02]),
  lostReply: pick([0, 0, 0.05, 0.2]),
  crash: pick([0, 0, 0.01, 0.04]),
  unreachable: pick([0, 0, 0.1, 0.3]),
  unanswered: pick([0, 0, 0.1, 0.3]),
  dropped: pick([0, 0, 0.3, 0.7]),
  twice: pick([0, 0.2]),
  silentHours: pick([0, 0, 0, 1, 23, 26]),
  misfortune: pick([0, 0, 0.5, 1]),
});
const fair: Weather = {
  conflict: 0,
  throttle: 0,
  lostReply: 0,
  crash: 0,
  unreachable: 0,
  unanswered: 0,
  dropped: 0,
  twice: 0,
  silentHours: 0,
  misfortune: 0,
};

/** Hears of every call of the database: what was asked, and what the tables in memory said to it. */
export type Hear = (command: string, input: object, said: object) => void;

/** A refund that the channel does not pay as it was asked to. */
interface Misfortune {
  readonly kind: "refused" | "closed" | "abnormal";
  readonly fields: { orderNo: string; amount: number; total: number; at: number };
}

const writes = /^(Put|Update|Delete|TransactWrite)/;
const answered = { $metadata: { httpStatusCode: 400 } };

/** So many histories were played in this process. */
let played = 0;

/** One seeded history: the stage, the weather on it, who calls, and what was seen and said. */
export class History {
  readonly base: Base;
  readonly stage: Stage;
  readonly tables: MemoryTables;
  /** What people do; the weather has dice of its own. */
  readonly dice: Random;
  readonly #sky: Random;
  readonly log: string[] = [];
  /** What must never be, and was. */
  readonly faults: string[] = [];
  readonly notices: RequestInit[] = [];
  readonly misfortunes = new Map<string, Misfortune>();
  weather: Weather;
  readonly #hear: Hear;

  constructor(base: Base, seed: number, hear: Hear = () => {}) {
    this.base = base;
    this.stage = new Stage(String(seed), startsAt);
    this.tables = new MemoryTables(base.tables);
    this.dice = random(`people ${seed}`);
    this.#sky = random(`weather ${seed}`);
    this.weather = weatherOf(this.#sky);
    this.#hear = hear;
    this.stage.now = this.#beginsAt();
    this.stage.crash = this.weather.crash;
    this.stage.network = (url, init) => this.#network(url, init);
    const { book } = base.channel;
    for (const kept of [book.trades, book.refunds, book.deliveries])
      for (const no of Object.keys(kept)) delete kept[no];
  }

  /** Most in the morning; some before midnight, some in the last hours of the year, after which nothing is refunded. */
  #beginsAt(): number {
    const hours = this.#sky.pick([0, 0, 0, 13.9, 13.9, 41 * 24 + 13.8]);
    return startsAt + Math.round(hours * 60) * 60_000;
  }

  say(what: string): void {
    this.log.push(`${new Date(this.stage.now + 8 * 3_600_000).toISOString().slice(5, 19).replace("T", " ")}  ${what}`);
  }

  /** Plays something with this history's database and network. */
  play<T>(run: () => Promise<T>): Promise<T> {
    this.#forgetCalls();
    answerBy((command, input) => this.#database(command, input));
    return this.stage.play(run);
  }

  /** Every principal begins with a full share of calls, whatever was played before in this process. */
  #forgetCalls(): void {
    const real = Date.now;
    const later = startsAt + (200 + ++played) * 86_400_000;
    Date.now = () => later;
    const { payers, officers } = this.base;
    for (const { principal, address } of payers) {
      limit("account", principal, 120);
      limit("address", address, 3_000);
    }
    for (const { principal, address } of Object.values(officers)) {
      limit("officer", principal, 600);
      limit("address", address, 3_000);
    }
    Date.now = real;
  }

  /** The weather clears for good: what is asked is answered, who works comes to an end. Misfortune is no weather. */
  clear(): void {
    this.weather = { ...fair, misfortune: this.weather.misfortune };
    this.stage.crash = 0;
  }

  all(table: "main" | "ledger"): Promise<Item[]> {
    const name = table === "main" ? config.mainTable() : config.ledgerTable();
    return Promise.resolve(this.tables.all(name));
  }

  onWrite(hear: (written: readonly Written[]) => void): void {
    this.tables.onWrite = hear;
  }

  /** A call of the API that somebody makes: its answer, or null where it was refused, broke off or was lost. */
  async call(caller: Caller, about: string, run: (call: Call) => Promise<unknown>): Promise<unknown> {
    return this.work(`${caller.name}: ${about}`, () => run(callOf(caller)));
  }

  /** Something that runs by itself: a sweep, a reconciliation, a delivery. */
  async work<T>(what: string, run: () => Promise<T>): Promise<T | null> {
    let task = this.stage.task;
    try {
      const answer = await this.stage.perform(what, () => {
        task = this.stage.task;
        return run();
      });
      this.say(`${what} → ${told(answer)}`);
      return answer;
    } catch (error) {
      if (!(error instanceof Crashed) && !(error instanceof Refused && error.code !== "fault") && !task?.faults)
        this.faults.push(`${what} broke off though nothing went wrong around it: ${error}`);
      const why = error instanceof Crashed ? "abandoned" : error instanceof Refused ? error.code : String(error);
      this.say(`${what} → ${why}`);
      return null;
    }
  }

  async #database(command: string, input: object): Promise<object> {
    const { task } = this.stage;
    const run = async () => this.#answer(command, input);
    if (!task) return run();
    return this.stage.reach(command, async () => {
      const fault = (error: Error) => {
        task.faults += 1;
        return error;
      };
      const { throttle, conflict, lostReply } = this.weather;
      if (this.#sky.chance(throttle)) throw fault(new ThrottlingException({ message: "simulated", ...answered }));
      const write = writes.test(command);
      const together = command.startsWith("TransactWrite");
      if (write && this.#sky.chance(conflict)) {
        task.faults += 1;
        if (together) throw cancelled();
        throw Object.assign(new Error("simulated"), { name: "TransactionConflictException", ...answered });
      }
      const answer = await run();
      if (!write || !this.#sky.chance(lostReply)) return answer;
      task.faults += 1;
      if (this.#sky.chance(0.5)) throw Object.assign(new Error("simulated: no reply"), { name: "TimeoutError" });
      // The SDK asks again by itself: a transaction under its token, which the database knows; anything else anew.
      return together ? answer : run();
    });
  }

  #answer(command: string, input: object): object {
    try {
      const answer = this.tables.send(command, input);
      this.#hear(command, input, answer);
      return this.#provenNow(answer);
    } catch (error) {
      this.#hear(command, input, error as Error);
      throw error;
    }
  }

  /** Histories begin weeks after their base was made: whoever acts has just proven anew that it is them. */
  #provenNow(answer: { readonly Item?: Record<string, unknown> }): object {
    const { Item } = answer;
    if (!String(Item?.pk).startsWith("SESSION#")) return answer;
    return { ...answer, Item: { ...Item, provenAt: this.stage.now } };
  }

  async #network(url: URL, init: RequestInit): Promise<Response> {
    if (url.href.startsWith(places.issuer)) return mounted(this.base.issuer, url, init);
    if (url.href.startsWith(places.notified)) return this.#told(init);
    const { task } = this.stage;
    return this.stage.reach(`channel ${url.pathname}`, async () => {
      const lost = this.#sky.chance(this.weather.unreachable);
      if (lost && task) task.faults += 1;
      if (lost) throw new TypeError("simulated: unreachable");
      const reply = this.#unlucky(url, init) ?? (await mounted(this.base.channel.mount, url, init));
      const unanswered = this.#sky.chance(this.weather.unanswered);
      if (unanswered && task) task.faults += 1;
      if (unanswered) throw Object.assign(new Error("simulated: no reply"), { name: "TimeoutError" });
      return reply;
    });
  }

  async #told(init: RequestInit): Promise<Response> {
    const { dropped, twice, silentHours } = this.weather;
    if (this.stage.now < startsAt + silentHours * 3_600_000 || this.#sky.chance(dropped)) {
      this.say("a notification is dropped");
      throw new TypeError("simulated: dropped");
    }
    this.notices.push(init);
    const again = this.#sky.chance(twice);
    const [reply] = await Promise.all([this.tell(init), again && this.tell(init)]);
    if (!reply || this.#sky.chance(this.weather.unanswered)) throw new TypeError("simulated: no reply");
    return reply;
  }

  /** Hands a notification to the API; null where it was not answered. */
  async tell({ headers, body }: RequestInit): Promise<Response | null> {
    const reply = await this.work("a notification", () =>
      callApi({
        method: "POST",
        url: new URL(places.notified),
        headers: headers as Record<string, string>,
        body: Buffer.from(String(body)),
        address: "10.9.9.9",
      }),
    );
    return reply && replied(reply.statusCode ?? 0, {}, reply.body ?? "");
  }

  /** What the channel says of a refund that meets with misfortune; null where all is well with it. */
  #unlucky(url: URL, { method, body }: RequestInit): Response | null {
    const [, no = ""] = /domestic\/refunds\/?([^/]*)$/.exec(url.pathname) ?? [];
    if (method === "GET") {
      const known = this.misfortunes.get(decodeURIComponent(no));
      return known && known.kind !== "refused" ? this.#refundSaid(decodeURIComponent(no), known) : null;
    }
    if (!url.pathname.endsWith("domestic/refunds")) return null;
    const asked = JSON.parse(String(body));
    const refundNo: string = asked.out_refund_no;
    const standing = this.misfortunes.get(refundNo);
    if (!standing && (!refundNo.endsWith("-1") || this.base.channel.book.refunds[refundNo])) return null;
    const struck = standing ?? (this.#sky.chance(this.weather.misfortune) ? this.#strike(asked) : null);
    if (!struck) return null;
    if (struck.kind === "refused") return this.#signed(403, { code: "NO_AUTH", message: "商户无权限" });
    return this.#refundSaid(refundNo, struck, "PROCESSING");
  }

  #strike(asked: {
    out_refund_no: string;
    out_trade_no: string;
    amount: { refund: number; total: number };
  }): Misfortune {
    const { refund: amount, total } = asked.amount;
    const fields = { orderNo: asked.out_trade_no, amount, total, at: this.stage.now };
    const misfortune = { kind: this.#sky.pick(["refused", "closed", "abnormal"] as const), fields };
    this.say(`the channel will not pay back ${asked.out_refund_no}: ${misfortune.kind}`);
    this.misfortunes.set(asked.out_refund_no, misfortune);
    return misfortune;
  }

  /** Somebody puts an abnormal refund right on the merchant platform: the money goes back under its number. */
  putRight(refundNo: string, { fields }: Misfortune): void {
    const { orderNo, amount, at } = fields;
    this.misfortunes.delete(refundNo);
    const { book } = this.base.channel;
    const succeededAt = this.stage.now;
    book.refunds[refundNo] = {
      refundNo,
      channelNo: `5030${at}`,
      orderNo,
      amount,
      notifyUrl: null,
      at: succeededAt,
      succeededAt,
    };
    book.trades[orderNo]!.state = "REFUND";
    this.say(`${refundNo} is put right at the channel`);
  }

  #refundSaid(refundNo: string, { kind, fields }: Misfortune, status = kind.toUpperCase()): Response {
    const { orderNo, amount, total } = fields;
    return this.#signed(200, {
      refund_id: `5030${fields.at}`,
      out_refund_no: refundNo,
      out_trade_no: orderNo,
      transaction_id: this.base.channel.book.trades[orderNo]?.transactionNo,
      status,
      amount: { refund: amount, total, currency: "CNY" },
    });
  }

  #signed(status: number, content: object): Response {
    const { id, key } = this.base.channel.keys.publicKey;
    const [body, nonce] = [JSON.stringify(content), "0".repeat(32)];
    const timestamp = String(Math.floor(this.stage.now / 1000));
    const said = { "wechatpay-serial": id, "wechatpay-timestamp": timestamp, "wechatpay-nonce": nonce };
    return replied(status, { ...said, "wechatpay-signature": signature(key, timestamp, nonce, body) }, body);
  }
}

const cancelled = () =>
  new TransactionCanceledException({
    message: "simulated",
    CancellationReasons: [{ Code: "TransactionConflict" }],
    ...answered,
  });

/** What matters of an answer, in a word. */
function told(answer: unknown): string {
  const { state, statusCode, how } = (answer ?? {}) as Record<string, unknown>;
  return String(state ?? statusCode ?? how ?? JSON.stringify(answer ?? "done")).slice(0, 80);
}
