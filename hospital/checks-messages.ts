import { isMoment } from "../shared/gateway/field.ts";
import { readAnswer } from "../shared/gateway/messages.ts";
import { signatureHeaders } from "../shared/gateway/signing.ts";
import * as asks from "./asks.ts";
import type { Bench } from "./checks.ts";
import { type Manner, newMessageNo, type Sender, written } from "./client.ts";

const tenMinutes = 10 * 60_000;

/** 信封 · the envelope of both directions, the business day, and everything that is no message at all. */
export async function envelopeChecks(bench: Bench): Promise<void> {
  const { sender, say, done, refused, check, identityNumber } = bench;
  bench.about("envelope");
  let heard = "";
  const listening: Sender = {
    ...sender,
    post: async (body, headers) => {
      const reply = await sender.post(body, headers);
      heard = reply.body;
      return reply;
    },
  };
  const day = await done("9001 签到给出签到编号和时间", "9001 answers with a number and a time", () =>
    say("9001", asks.signIn(), {}, listening),
  );
  await check("签到时间是存在的时间", "its time is a moment that exists", "true", async () =>
    String(isMoment(day().signIn.at) && day().signIn.signInNo !== ""),
  );
  await check(
    "应答的状态码、接收方报文ID、两个时间都符合字段表",
    "the answer's envelope is as the table says",
    "0 30 17 17",
    async () => {
      const { code, referenceNo, receivedAt, answeredAt } = readAnswer(heard);
      return [code, referenceNo.length, receivedAt?.length, answeredAt?.length].join(" ");
    },
  );
  const ask = (manner: Manner) => say("1101", asks.identify(identityNumber), manner);
  await done("带着当天的签到编号办业务", "a message may carry the day's sign-in number", () =>
    ask({ signInNo: day().signIn.signInNo }),
  );
  await refused("签到编号不存在", "an unknown sign-in number", "sign-in-unknown", () =>
    ask({ signInNo: "20200101NOSUCHNUMBER" }),
  );
  await done("不认识的字段不影响办理", "fields that nobody knows do no harm", () =>
    ask({ spoil: (body) => body.replace(/\}$/, ',"no_such_field":"1"}') }),
  );
  await refused("不是JSON的报文", "a body that is no JSON", "malformed", () => ask({ spoil: () => "{not json" }));
  await refused("缺少必填的接口版本号", "a required field of the envelope is missing", "malformed", () =>
    ask({ spoil: (body) => body.replace('"V1.0"', "null") }),
  );
  await refused("交易输入缺少必填字段", "a required field of the input is missing", "malformed", () =>
    ask({ spoil: (body) => body.replace(`"${identityNumber}"`, "null") }),
  );
  await refused("没有的交易编号", "a transaction that does not exist", "unknown-transaction", () =>
    ask({ spoil: (body) => body.replace('"1101"', '"9999"') }),
  );
  await refused("就医地不是本机构的区划", "the place of care is not the provider's", "wrong-area", () =>
    say("1101", asks.identify(identityNumber), {}, { ...sender, careArea: "990000" }),
  );
  await refused("报文编号不是本机构的", "the message number is another provider's", "sender-differs", () =>
    ask({ messageNo: newMessageNo({ ...sender, providerCode: "H99999900001" }) }),
  );
  await refused("报文编号不合规则", "the message number does not follow the grammar", "malformed", () =>
    ask({ messageNo: `${sender.providerCode}1` }),
  );
  await done("9002 签退", "9002 signs out", () =>
    say("9002", { signOut: { signInNo: day().signIn.signInNo, clerk: "001" } }),
  );
  await refused("签退以后签到编号失效", "after that its number is good for nothing", "sign-in-unknown", () =>
    ask({ signInNo: day().signIn.signInNo }),
  );
}

/** 签名 · who did not sign, or signed something else, is not heard. */
export async function signatureChecks(bench: Bench): Promise<void> {
  const { sender, say, done, refused, identityNumber } = bench;
  bench.about("signature");
  const ask = (manner: Manner, by = sender) => say("1101", asks.identify(identityNumber), manner, by);
  let sent: { body: string; headers: Record<string, string> } | null = null;
  await done("签名正确的报文", "a message that is signed well", () =>
    ask({
      forge: (headers) => {
        sent = { body: sent?.body ?? "", headers };
        return headers;
      },
      spoil: (body) => {
        sent = { body, headers: {} };
        return body;
      },
    }),
  );
  const { signature, key } = signatureHeaders;
  await refused("签名改了一位", "one digit of the signature changed", "signature-wrong", () =>
    ask({ forge: (headers) => ({ ...headers, [signature]: flipped(headers[signature] ?? "") }) }),
  );
  await refused("没有签名", "no signature at all", "signature-wrong", () =>
    ask({ forge: ({ [signature]: _, ...rest }) => rest }),
  );
  await refused("签名以后报文改了一个字", "the body changed after it was signed", "signature-wrong", () => {
    const changing: Sender = {
      ...sender,
      post: (body, headers) => sender.post(body.replace("收费员", "收款员"), headers),
    };
    return ask({}, changing);
  });
  await refused("不存在的密钥编号", "a key that does not exist", "signature-wrong", () =>
    ask({ forge: (headers) => ({ ...headers, [key]: `${sender.providerCode}.NOSUCHKEY000` }) }),
  );
  await refused("同一份签名再用一次", "the same signature a second time", "replayed", () =>
    ask({ spoil: () => sent?.body ?? "", forge: () => sent?.headers ?? {} }),
  );
  for (const [zh, en, off] of [
    ["发送方的时钟慢10分钟", "the sender's clock is ten minutes slow", -tenMinutes],
    ["发送方的时钟快10分钟", "the sender's clock is ten minutes fast", tenMinutes],
  ] as const) {
    await refused(zh, en, "clock-off", () => ask({}, { ...sender, now: () => sender.now() + off }));
  }
  await refused("信封里写的是另一家机构", "the envelope names another provider than the key", "sender-differs", () =>
    ask({ spoil: (body) => body.replaceAll(sender.providerCode, "H99999900001") }),
  );
}

const flipped = (hex: string) => `${hex.slice(0, -1)}${hex.endsWith("0") ? "1" : "0"}`;

/** 重发 · a message sent again is answered again and done once. */
export async function idempotencyChecks(bench: Bench): Promise<void> {
  const { sender, who, say, check, refused, must, newLocalNo, today, at, insuredArea } = bench;
  bench.about("idempotency");
  const localNo = newLocalNo();
  const first = asks.register(who, at(today()), localNo);
  const message = written(sender, "2201", first, { insuredArea });
  const numberOf = async (manner: Manner, input = first) => {
    const said = await say("2201", input, manner);
    return said.kind === "done" ? said.output.encounter.encounterNo : bench.told(said);
  };
  const registered = async (no: string) => {
    const { encounters } = await must("5201", { request: { personNo: who.personNo } });
    return encounters.filter((one) => one.localNo === no);
  };
  const original = await numberOf(message);
  await check("同一条报文重发，得到同样的应答", "the same message again gets the same answer", original, () =>
    numberOf(message),
  );
  await check("重发没有再办一次", "and was done once", "1", async () => String((await registered(localNo)).length));
  await refused("同一个报文编号，内容不同", "the same number with another content", "message-reused", () =>
    say("2201", asks.register(who, at(today()), newLocalNo()), { messageNo: message.messageNo }),
  );
  await refused("同一个报文编号，另一个交易", "the same number with another transaction", "message-reused", () =>
    say("2202", asks.unregister(who.personNo, original, localNo), { messageNo: message.messageNo }),
  );
  const crowd = newLocalNo();
  const atOnce = asks.register(who, at(today()), crowd);
  const together = written(sender, "2201", atOnce, { insuredArea });
  await check("同一条报文同时来五次，都得到同一个应答", "five at once all get one answer", "1", async () => {
    const numbers = await Promise.all([1, 2, 3, 4, 5].map(() => numberOf(together, atOnce)));
    return String(new Set(numbers).size);
  });
  await check("五次只办了一次", "and it was done once", "1", async () => String((await registered(crowd)).length));
  await bench.clean(async () => {
    for (const no of [localNo, crowd]) {
      for (const one of await registered(no)) {
        await must("2202", asks.unregister(who.personNo, one.encounterNo, no));
      }
    }
  });
}
