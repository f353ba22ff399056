import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { businessDay, hospitalAt, noSupply, readKeys, type Supply } from "./keys.ts";
import { failed, playVisits, type Report, timesOf } from "./play.ts";
import { type Patient, soldOf } from "./visit.ts";

const usage = `模拟医院 · plays hospitals against a gateway

  npm run hospital -- --url http://localhost:8700 --seed 7 --visits 50

  --url        网关地址 · where the gateway is (http://localhost:8700)
  --seed       种子：同一个种子做同样的选择 · the same seed chooses the same again (1)
  --visits     就诊次数 · how many visits (50)
  --clients    同时进行几次 · how many at once (8)
  --providers  只用这些机构，逗号隔开 · only these codes
  --keys       密钥文件 JSON；本机启动的演示不用给 · not needed beside a local start
  --people     身份证号，一行一个 · identity numbers, one a line; not needed beside a local start
  --items      收费项目，一行一个：编码,单价 · what is sold, "code,yuan" a line
  --area       参保地统筹区 · the insured area of the people (370600)
  --timeouts   超时的比例 · the share of messages that are lost (0.02)`;

/** 扮演医院 · plays as its arguments say, from what they name or else from what is at hand; gives what the process ends with. */
export async function playHospitals(args: readonly string[], supply: Supply): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: "string", default: "http://localhost:8700" },
      seed: { type: "string", default: "1" },
      visits: { type: "string", default: "50" },
      clients: { type: "string", default: "8" },
      providers: { type: "string" },
      keys: { type: "string" },
      people: { type: "string" },
      items: { type: "string" },
      area: { type: "string", default: "370600" },
      timeouts: { type: "string", default: "0.02" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }

  const visits = Number(values.visits);
  const entries = values.keys ? readKeys(values.keys) : supply.providers();
  if (!entries) stop("这台机器上没有启动过演示，请用 --keys 给出密钥 · nothing was started here: give --keys");
  const wanted = values.providers?.split(",");
  const chosen = entries.filter(({ code }) => !wanted || wanted.includes(code));
  if (chosen.length === 0) stop("没有这样的机构 · no such provider");
  const people: Patient[] = values.people
    ? linesOf(values.people).map((identityNumber) => ({ identityNumber }))
    : supply.patients(Math.max(200, visits * 2));
  if (people.length === 0) stop("没有就诊的人，请用 --people 给出 · nobody to treat: give --people");
  const items = values.items ? linesOf(values.items).map(soldOf) : supply.items();

  const day = await businessDay(values.url);
  const report = await playVisits({
    senders: chosen.map((entry) => hospitalAt(values.url, day, entry)),
    people,
    items,
    visits,
    seed: values.seed,
    clients: Number(values.clients),
    insuredArea: values.area,
    timeouts: Number(values.timeouts),
    onProgress: (done, of) => {
      if (done === of || done % Math.max(1, Math.floor(of / 20)) === 0) process.stderr.write(`  ${done} / ${of}\n`);
    },
  });
  console.log(summary(report));
  return failed(report).length > 0 ? 1 : 0;
}

const linesOf = (path: string): string[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n\n${usage}\n`);
  process.exit(2);
}

function summary(report: Report): string {
  const { visits, tally, seconds } = report;
  const count = (end: string) => visits.filter((one) => one.end === end).length;
  const settled = visits.flatMap((one) => one.claims).length;
  const rate = (n: number) => (n / seconds).toFixed(1);
  const broken = failed(report);
  return [
    "",
    `就诊 visits      ${visits.length}：结算 settled ${count("settled")}，撤销 reversed ${count("reversed")}，取消 cancelled ${count("cancelled")}，无待遇 not covered ${count("not-covered")}，失败 failed ${broken.length}`,
    `结算 claims      ${settled}`,
    `报文 messages    ${tally.messages}，每秒 ${rate(tally.messages)} 条，每秒 ${rate(visits.length)} 次就诊（${seconds.toFixed(1)} s）`,
    `超时 time-outs   ${tally.timeouts}，其中冲正 undone by 2601 ${tally.undone}`,
    `拒绝 refusals    ${[...tally.refusals].map(([code, n]) => `${code} ${n}`).join("，") || "—"}`,
    "",
    "交易    次数     p50 ms    p99 ms",
    ...timesOf(report).map(
      ({ transaction, count, p50, p99 }) =>
        `${transaction.padEnd(6)}${String(count).padStart(6)}${p50.toFixed(1).padStart(11)}${p99.toFixed(1).padStart(10)}`,
    ),
    ...broken.slice(0, 20).map(({ no, providerCode, faults }) => `✗ 就诊${no} ${providerCode} ${faults.join("；")}`),
    "",
    broken.length === 0 ? "✓ 每次就诊都有着落，金额都对得上 · every visit ended clean" : "✗ 有就诊没有办清 · not clean",
  ].join("\n");
}

if (process.argv[1] === import.meta.filename) process.exit(await playHospitals(process.argv.slice(2), noSupply));
