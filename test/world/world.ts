import type { AddressInfo } from "node:net";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { turn } from "../../functions/clock.ts";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key } from "../../functions/key.ts";
import { newDataKey, type Sealer } from "../../functions/sealing.ts";
import { personItems } from "../../local/county/items.ts";
import { identityNumberOf, type Resident, wholeYear } from "../../local/county/people.ts";
import { createTables } from "../../local/database.ts";
import { objectsAddress, objectsFolder, weChatPayAddress, weChatPayFolder } from "../../local/environment.ts";
import { faceStandIn } from "../../local/face.ts";
import { objectStore, objectsPath } from "../../local/objects.ts";
import { callApi, localServer, type Mount } from "../../local/server.ts";
import { smsStandIn, weChatStandIn } from "../../local/stand-ins.ts";
import { weChatMessages } from "../../local/wechat/messages.ts";
import { type Channel, weChatPayChannel } from "../../local/wechat/pay.ts";
import { type Call, client, Refused } from "../../shared/api/client.ts";
import type { Role } from "../../shared/api/endpoint.ts";
import { routeTable } from "../../shared/api/routes.ts";
import { day } from "../../shared/day.ts";
import { testIssuer } from "./issuer.ts";
import { numbersTold } from "./masks.ts";
import { type Notice, paidNotice } from "./notices.ts";

const routes = routeTable();
const village = "370611001201";

/** What a test has: the API through its real handlers, people on the register, and a clock that it turns. */
export interface World {
  /** Calls without signing in. */
  readonly anyone: Call;
  /** Calls with a token. */
  as(token: string): Call;
  /** Puts somebody on the register. */
  enlist(facts?: Partial<Resident>): Promise<Resident>;
  /** A signed-in resident, bound to a person unless told otherwise. */
  signIn(person: Resident | null, telephone?: string): Promise<{ token: string; refreshToken: string; call: Call }>;
  /** The code in the newest message with one to a telephone. */
  codeSentTo(telephone: string): string;
  /** All that was sent to a telephone, the newest first. */
  textsTo(telephone: string): string[];
  /** What went out by WeChat, and who does not want that. */
  readonly subscribed: Pick<ReturnType<typeof weChatMessages>, "messages" | "refusing">;
  /** Gives a session its second proof: a code to the person's telephone on record. */
  prove(call: Call, person: Resident): Promise<void>;
  /** Somebody on the register with a telephone, signed in and proven. */
  proven(facts?: Partial<Resident>): Promise<{ person: Resident; call: Call; token: string; refreshToken: string }>;
  /** What the payment channel says of a paid order, signed and sealed. */
  notice(orderNo: string, amount: string, transactionNo?: string): Notice;
  /** Tells the API what the channel says, once; the reply, or a refusal. */
  tell(notice: Notice): Promise<unknown>;
  /** The local channel, which tells what it is paid by itself. */
  readonly channel: Channel;
  turn(to: string): void;
  /** Seals what people and providers keep. */
  readonly sealer: Sealer;
  /** Tokens of an issuer that the API trusts. */
  readonly issuer: Awaited<ReturnType<typeof testIssuer>>;
  /** An officer on record, and their calls. */
  officer(subject: string, unit: string, roles: readonly Role[]): Promise<Call>;
}

/** One raw call of the API, as bytes. */
export async function raw(
  method: string,
  path: string,
  {
    body = "",
    token = "",
    address = "127.0.0.1",
    headers = {},
  }: { body?: string; token?: string; address?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<{ status: number; body: { code?: string; message?: string } & Record<string, unknown> }> {
  const reply = await callApi({
    method,
    url: new URL(path, "http://localhost"),
    headers: token ? { ...headers, authorization: `Bearer ${token}` } : headers,
    body: Buffer.from(body),
    address,
  });
  const answer = JSON.parse(reply.body ?? "null");
  // Every answer of every test is read for a number that is whole, or that follows from the rest of it.
  const told = numbersTold(answer);
  if (told.length > 0) throw new Error(`${method} ${path} tells ${told.join(", ")}`);
  return { status: reply.statusCode ?? 0, body: answer };
}

let counter = 0;

/** A client as one phone has it: its own address. */
function callWith(token: string): Call {
  const address = `10.0.0.${++counter}`;
  return client(routes, ({ method, path, body }) => raw(method, path, { body: body ?? "", token, address }));
}

/** Makes the tables, the keys and the stand-ins of a test file. */
export async function world(today = "2025-11-20"): Promise<World> {
  let businessDay = day(today);
  turn(() => businessDay);
  await createTables(config.dynamodbEndpoint()!, {
    main: config.mainTable(),
    ledger: config.ledgerTable(),
    audit: config.auditTable(),
  });
  const { sealer, item } = await newDataKey();
  await put(item);
  const sms = smsStandIn();
  const subscribed = weChatMessages();
  const issuer = await testIssuer();
  const channel = await standIns({
    "/": sms.send,
    "/stand-ins/wechat/": weChatStandIn(),
    "/stand-ins/wechat/cgi-bin/": subscribed.send,
    "/stand-ins/face/": faceStandIn(),
    [objectsPath]: objectStore(objectsFolder),
    "/issuer": issuer.mount,
  });

  const textsTo = (telephone: string) =>
    sms.messages.filter((one) => one.telephone === telephone).map((one) => one.text);
  const codeSentTo = (telephone: string) =>
    /\d{6}/.exec(textsTo(telephone).find((text) => text.includes("验证码")) ?? "")?.[0] ?? "";
  const made: World = {
    anyone: (name, ...asked) => callWith("")(name, ...asked),
    as: callWith,
    async enlist(facts = {}) {
      const resident = someone(facts);
      for (const one of personItems(resident, sealer)) await put(one.item);
      return resident;
    },
    async signIn(person, telephone = nextTelephone()) {
      const { askedAs } = await made.anyone("sign-in.send-code", { body: { telephone } });
      const { accessToken: token, refreshToken } = await made.anyone("sign-in.telephone", {
        body: { telephone, askedAs, code: codeSentTo(telephone) },
      });
      const call = callWith(token);
      if (person) await call("residents.bind", { body: { name: person.name, identityNumber: person.identityNumber } });
      return { token, refreshToken, call };
    },
    codeSentTo,
    textsTo,
    subscribed,
    async prove(call, { telephone, identityNumber }) {
      await call("proof.send-code");
      const code = codeSentTo(telephone ?? "");
      await call("proof.prove", { body: { way: "telephone", code, lastSix: identityNumber.slice(-6) } });
    },
    async proven(facts = {}) {
      const person = await made.enlist({ telephone: nextTelephone(), ...facts });
      const signedIn = await made.signIn(person);
      await made.prove(signedIn.call, person);
      return { person, ...signedIn };
    },
    notice: paidNotice,
    async tell(notice) {
      const { status, body } = await raw("POST", "/api/payments/notifications", notice);
      if (status !== 200) throw new Refused(body.code ?? "", body.message ?? "", status);
      return body;
    },
    channel,
    turn(to) {
      businessDay = day(to);
    },
    sealer,
    issuer,
    async officer(subject, unit, roles) {
      await put({ ...key.officer(subject), officerNo: subject, name: subject, unit, roles, until: null });
      return callWith(await issuer.token(subject));
    },
  };
  return made;
}

const put = (item: Record<string, unknown>) => db.send(new PutCommand({ TableName: config.mainTable(), Item: item }));

const nextTelephone = () => `1980${String(++counter).padStart(7, "0")}`;

/** Somebody ordinary of 烟台, covered every year; `facts` say what is not. */
export function someone(facts: Partial<Resident> = {}): Resident {
  counter += 1;
  const bornOn = facts.bornOn ?? day("1990-05-01");
  const sex = facts.sex ?? "female";
  return {
    personNo: `370600${String(counter).padStart(14, "0")}`,
    name: "张三",
    identityNumber: identityNumberOf(bornOn, sex, counter),
    telephone: null,
    sex,
    bornOn,
    poolingArea: "370600",
    village,
    household: `H${counter}`,
    head: true,
    student: false,
    identities: [],
    coverBefore: [2023, 2024, 2025].map(wholeYear),
    employeeCovered: false,
    employeeCoverEndedOn: null,
    diedOn: null,
    ...facts,
  };
}

/** Units of the org tree. */
export async function unit(code: string, name: string): Promise<void> {
  await put({ ...key.unit(code), code, name, targets: {} });
}

/** Serves stand-ins on a free port and points the configuration to them. */
async function standIns(mounts: Record<string, Mount>): Promise<Channel> {
  const server = localServer({ ...mounts, "/stand-ins/wechat-pay/": (...asked) => channel.mount(...asked) });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.SMS_ENDPOINT = new URL(origin).host;
  process.env.WECHAT_ORIGIN = `${origin}/stand-ins/wechat/`;
  process.env.FACE_ENDPOINT = `${origin}/stand-ins/face/verify`;
  process.env.WECHAT_PAY_ORIGIN = weChatPayAddress(origin);
  process.env.WECHAT_PAY_NOTIFY_URL = `${origin}/api/payments/notifications`;
  process.env.OBJECTS_ENDPOINT = objectsAddress(origin);
  process.env.ISSUER_URL = `${origin}/issuer`;
  const channel = weChatPayChannel({
    folder: weChatPayFolder,
    baseUrl: weChatPayAddress(origin),
    notifyUrl: config.weChatPay().notifyUrl,
    appid: config.weChatPay().appid,
    name: "测试市医疗保障局",
    back: (tradeNo) => `${origin}/m/?order=${tradeNo}`,
    pace: 0.000_01,
    refundTakes: 5,
    billsAtOnce: true,
  });
  return channel;
}

/** The code of the refusal that a call ends in; "" where it is answered. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "";
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}
