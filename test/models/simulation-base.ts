import { createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { openSession } from "../../functions/callers/sessions.ts";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key } from "../../functions/key.ts";
import { newDataKey } from "../../functions/sealing.ts";
import { accountOfTelephone, accountOfWeChat } from "../../functions/sign-in/accounts.ts";
import { personItems } from "../../local/county/items.ts";
import { identityNumberOf, type Resident } from "../../local/county/people.ts";
import { dataFolder } from "../../local/environment.ts";
import { callApi, type Mount } from "../../local/server.ts";
import { type Channel, weChatPayChannel } from "../../local/wechat/pay.ts";
import { type Call, client } from "../../shared/api/client.ts";
import type { Role } from "../../shared/api/endpoint.ts";
import { routeTable } from "../../shared/api/routes.ts";
import { day } from "../../shared/day.ts";
import type { Item } from "../world/expressions.ts";
import { testIssuer } from "../world/issuer.ts";
import { MemoryTables } from "../world/tables-in-memory.ts";
import { someone } from "../world/world.ts";
import { Stage, stageNow } from "./simulation-stage.ts";

/** Where the simulated channel, the issuer and the API lie: names that no network has. */
export const places = {
  channel: "http://channel.invalid/stand-ins/wechat-pay/",
  notified: "http://api.invalid/api/payments/notifications",
  issuer: "http://issuer.invalid/issuer",
} as const;

/** Whoever calls: a resident's phone or an officer's console. */
export interface Caller {
  readonly name: string;
  /** By which their calls are counted. */
  readonly principal: string;
  readonly token: string;
  readonly address: string;
}

/** Somebody who may be paid for: how an order names them, and what they owe. */
export interface Payable {
  readonly personNo: string;
  readonly whom:
    | { readonly who: "other"; readonly name: string; readonly identityNumber: string }
    | { readonly who: "member"; readonly tieNo: string };
  readonly total: string;
}

/** What every history begins with: people, accounts, officers and the tables that hold them. */
export interface Base {
  readonly tables: MemoryTables;
  readonly payers: readonly Caller[];
  readonly people: readonly Payable[];
  /** The newborn of the first payer, and the person of the register that it proves to be. */
  readonly newborn: { readonly tieNo: string; readonly name: string; readonly identityNumber: string };
  readonly officers: Readonly<Record<"counter" | "finance" | "treasurer" | "one" | "two", Caller>>;
  readonly channel: Channel;
  readonly issuer: Mount;
}

/** When histories begin: inside the payment window. */
export const startsAt = Date.parse("2025-11-20T10:00:00+08:00");
const never = Date.parse("2100-01-01T00:00:00Z");
const routes = routeTable();

/** One call of the API, on the stage or off it, as one phone or console makes it. */
export function callOf({ token, address }: Pick<Caller, "token" | "address">): Call {
  return client(routes, async ({ method, path, body = "" }) => {
    const headers = { authorization: `Bearer ${token}` };
    const url = new URL(path, "http://localhost");
    const reply = await callApi({ method, url, headers, body: Buffer.from(body), address });
    return { status: reply.statusCode ?? 0, body: JSON.parse(reply.body ?? "null") };
  });
}

let tables: MemoryTables | null = null;
/** How the database is asked while a history plays. */
let asked: ((command: string, input: object) => Promise<object>) | null = null;

/** Answers what the functions ask of the database by other means; without any it is the embedded one. */
export function answerBy(by: typeof asked): void {
  asked = by;
}

/** The document client is asked before the SDK spells, signs and sends anything: that is most of what a seed would cost. */
function takeDatabase(): void {
  const real = db.send.bind(db) as (command: { readonly input: object }) => Promise<object>;
  const send = (command: { readonly input: object }) => {
    if (!stageNow() || !asked) return real(command);
    return asked(command.constructor.name, command.input);
  };
  db.send = send as typeof db.send;
}

/** Makes the base, through the real handlers where they make anything of it. */
export async function makeBase(): Promise<Base> {
  const channel = makeChannel();
  const issuer = await testIssuer();
  process.env.ISSUER_URL = places.issuer;
  tables = new MemoryTables();
  const made = tables;
  takeDatabase();
  answerBy(async (command, input) => made.send(command, input));
  const stage = new Stage("base", startsAt);
  stage.network = (url, init) => mounted(issuer.mount, url, init);
  return stage.play(async () => {
    const { sealer, item } = await newDataKey();
    put(item);
    put({ ...key.unit("370600"), code: "370600", name: "烟台市", targets: {} });
    const enlist = (facts: Partial<Resident> = {}) => {
      const person = someone(facts);
      for (const one of personItems(person, sealer)) put(one.item);
      return person;
    };
    const household = "SIMULATED";
    const parents = [enlist({ household }), enlist(), enlist()];
    const payers = await Promise.all(parents.map((person, i) => payer(person, i)));
    const bornOn = day("2025-11-02");
    const newborn = { name: "于子轩", sex: "male" as const, bornOn };
    const listed = enlist({
      ...newborn,
      household,
      coverBefore: [],
      identityNumber: identityNumberOf(bornOn, "male", 77),
    });
    const { tieNo } = await callOf(payers[0]!)("family.newborn", {
      body: { requestNo: "simulated-newborn", ...newborn, birthCertificate: "Y370000001", commitment: true },
    });
    const poor = { identities: [{ kind: "minimum-living" as const, from: day("2022-11-03"), until: null }] };
    const others = [enlist(), enlist(), enlist({ coverBefore: [] }), enlist(poor), listed];
    const whoms: Payable["whom"][] = others.map(({ name, identityNumber }) => ({ who: "other", name, identityNumber }));
    const officers = {
      counter: await officer("counter", "370611001", ["counter"], issuer.token),
      finance: await officer("finance", "370600", ["finance"], issuer.token),
      treasurer: await officer("treasurer", "370600", ["finance"], issuer.token),
      one: await officer("one", "370611001", ["refunds"], issuer.token),
      two: await officer("two", "370611001", ["refunds"], issuer.token),
    };
    const seen = { agree: true, reason: "看过出生医学证明原件" };
    await callOf(officers.counter)("family-agency.review", { params: { tieNo }, body: seen });
    const numbers = [...others.map(({ personNo }) => personNo), ""];
    const people: Payable[] = [];
    for (const [i, whom] of [...whoms, { who: "member" as const, tieNo }].entries()) {
      const owed = await callOf(payers[0]!)("contributions.owed", { body: { whom, benefitYear: 2026 } });
      people.push({ personNo: numbers[i]!, whom, total: owed.choices[0]!.total });
    }
    for (const one of made.all(config.mainTable())) put(kept(one));
    const known = { tieNo, name: listed.name, identityNumber: listed.identityNumber };
    return { tables: made, payers, people, newborn: known, officers, channel, issuer: issuer.mount };
  });
}

const put = (item: Item) => tables!.send("Put", { TableName: config.mainTable(), Item: item });

/** What a phone keeps alive by itself does not run out. */
function kept(item: Item): Item {
  const session = String(item.pk).startsWith("SESSION#");
  if (session)
    return { ...item, accessExpiresAt: never, expiresAt: never / 1000, provenBy: "counter", provenAt: startsAt };
  return item;
}

async function payer(person: Resident, i: number): Promise<Caller> {
  const inWeChat = i === 0;
  const accountNo = inWeChat ? await accountOfWeChat("openid-of-a-payer") : await accountOfTelephone(`1390000000${i}`);
  const { accessToken: token } = await openSession(accountNo);
  const [sessionNo] = token.split(".");
  const caller = { principal: accountNo, name: `payer ${"ABC"[i]}`, token, address: `10.0.0.${i + 1}` };
  const { name, identityNumber } = person;
  await callOf(caller)("residents.bind", { body: { name, identityNumber } });
  const [session] = tables!.all(config.mainTable()).filter((item) => item.sessionNo === sessionNo);
  put(kept(session!));
  put({ ...key.limit("look-up", accountNo), tries: -1_000, expiresAt: never / 1000 });
  return caller;
}

type TokenOf = Awaited<ReturnType<typeof testIssuer>>["token"];
async function officer(subject: string, unit: string, roles: readonly Role[], token: TokenOf): Promise<Caller> {
  put({ ...key.officer(subject), officerNo: subject, name: subject, unit, roles, until: null });
  return {
    principal: subject,
    name: `officer ${subject}`,
    token: await token(subject, { expires: "900d" }),
    address: "10.0.1.1",
  };
}

/** The local channel with keys that are short, for they need not keep anything safe, and a book that stays in memory. */
function makeChannel(): Channel {
  const folder = join(dataFolder, "simulated-channel");
  mkdirSync(folder, { recursive: true });
  const pem = () =>
    generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const keys = {
    apiV3Key: randomBytes(16).toString("hex"),
    merchantSerial: "5".repeat(40),
    merchantKey: pem(),
    publicKeyId: `PUB_KEY_ID_01${"0".repeat(30)}`,
    publicKey: pem(),
    certificates: [],
  };
  writeFileSync(join(folder, "keys.json"), JSON.stringify(keys));
  Object.assign(process.env, {
    WECHAT_PAY_SERIAL: keys.merchantSerial,
    WECHAT_PAY_PRIVATE_KEY: keys.merchantKey,
    WECHAT_PAY_V3_KEY: keys.apiV3Key,
    WECHAT_PAY_PUBLIC_KEY_ID: keys.publicKeyId,
    WECHAT_PAY_PUBLIC_KEY: createPublicKey(keys.publicKey).export({ type: "spki", format: "pem" }).toString(),
    WECHAT_PAY_ORIGIN: places.channel,
    WECHAT_PAY_NOTIFY_URL: places.notified,
  });
  const channel = weChatPayChannel({
    folder,
    baseUrl: places.channel,
    notifyUrl: places.notified,
    appid: config.weChatPay().appid,
    name: "测试市医疗保障局",
    back: () => "http://localhost/m/",
  });
  channel.book.save = () => {};
  return channel;
}

/** Asks a mount as the network would, without one. */
export async function mounted(
  mount: Mount,
  url: URL,
  { method = "GET", headers = {}, body }: RequestInit,
): Promise<Response> {
  const answer = { status: 0, headers: {} as Record<string, string>, body: "" };
  const response = {
    writeHead(status: number, given: Record<string, string> = {}) {
      Object.assign(answer, { status, headers: given });
      return response;
    },
    end(written = "") {
      answer.body = written;
    },
  };
  const target = { method, url: url.pathname + url.search, headers };
  await mount(target as IncomingMessage, response as unknown as ServerResponse, url, Buffer.from(String(body ?? "")));
  return replied(answer.status, answer.headers, answer.body);
}

/** As much of a `Response` as our clients read, at once. */
export function replied(status: number, headers: Record<string, string>, body: string): Response {
  const bytes = Buffer.from(body);
  const reply = {
    status,
    ok: status < 300,
    headers: Object.entries(headers),
    arrayBuffer: async () => bytes,
    json: async () => JSON.parse(body),
  };
  return reply as unknown as Response;
}
