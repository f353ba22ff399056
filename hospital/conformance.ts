import { parseArgs } from "node:util";
import { groups, type Row } from "./checks.ts";
import { conform } from "./conform.ts";
import { businessDay, hospitalAt, noSupply, readKeys, type Supply } from "./keys.ts";
import { type Hospital, type Patient, soldOf } from "./visit.ts";

const usage = `符合性检查 · checks a gateway of the national interface

  npm run conformance -- --url http://localhost:8700

  --url       网关地址 · where the gateway is (http://localhost:8700)
  --keys      密钥文件 JSON；本机启动的演示不用给 · not needed beside a local start
  --provider  用哪家机构，要开通门诊和住院 · a provider with out-patient and in-patient care
  --person    一个有待遇的人的身份证号 · the identity number of somebody who is covered
  --area      参保地统筹区 · where the person is insured (370600)
  --items     三个收费项目：编码,单价;… · three items that the catalogue has, "code,yuan;…"
  --json      结果写成 JSON · the result as JSON`;

/** 符合性检查 · checks as its arguments say, with what they name or else with what is at hand; gives what the process ends with. */
export async function checkGateway(args: readonly string[], supply: Supply): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: "string", default: "http://localhost:8700" },
      keys: { type: "string" },
      provider: { type: "string" },
      person: { type: "string" },
      area: { type: "string", default: "370600" },
      // Of the demonstration: 甲 over its cap, 乙 over its cap, 丙.
      items: {
        type: "string",
        default: "001102000010000,12.00;XC10AAA099A001010100004,7.00;XV03AED004A001010100016,58.50",
      },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });

  if (values.help) {
    console.log(usage);
    return 0;
  }
  const entries = values.keys ? readKeys(values.keys) : supply.providers();
  if (!entries) stop("这台机器上没有启动过演示，请用 --keys 给出密钥 · nothing was started here: give --keys");
  const able = ["outpatient", "inpatient"] as const;
  const entry = entries.find(({ code, services }) =>
    values.provider ? code === values.provider : able.every((one) => services.includes(one)),
  );
  if (!entry) stop("没有这样的机构 · no such provider");
  const day = await businessDay(values.url);
  const sender = hospitalAt(values.url, day, entry);
  const identityNumber = values.person ?? (await someoneCovered(sender, supply.patients(40)));
  if (!identityNumber) stop("没有找到有待遇的人，请用 --person 给出 · nobody covered was found: give --person");

  if (!values.json) console.log(`${values.url} · ${entry.code} ${entry.name} · ${day}`);
  const show = shower();
  const rows = await conform({
    sender,
    identityNumber,
    insuredArea: values.area,
    items: values.items.split(";").map(soldOf),
    onRow: (row) => {
      if (!values.json) show(row);
    },
  });
  const failed = rows.filter((row) => !row.ok);
  if (values.json) console.log(JSON.stringify({ url: values.url, provider: entry.code, day, rows }, null, 2));
  else {
    console.log(
      `\n${rows.length - failed.length} / ${rows.length} ${failed.length === 0 ? "✓ 全部符合 · conforms" : "✗ 不符合 · does not conform"}`,
    );
  }
  return failed.length > 0 ? 1 : 0;
}

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n\n${usage}\n`);
  process.exit(2);
}

/** Shows one row after another, and the name of its group where that is another than before. */
function shower(): (row: Row) => void {
  let shown: string | null = null;
  return ({ no, group, zh, en, expected, got, ok }: Row) => {
    if (group !== shown) console.log(`\n${groups[group]}`);
    shown = group;
    console.log(`  ${ok ? "✓" : "✗"} ${String(no).padStart(3)} ${zh} · ${en}`);
    if (!ok) console.log(`        应为 expected ${expected}\n        得到 got      ${got}`);
  };
}

/** The first of some people whom 2001 says to be covered and who lies in no bed. */
async function someoneCovered(sender: Hospital, people: readonly Patient[]): Promise<string | undefined> {
  const { send } = await import("./client.ts");
  const asks = await import("./asks.ts");
  for (const { identityNumber } of people) {
    const found = await send(sender, "1101", asks.identify(identityNumber));
    if (found.kind !== "done") continue;
    const { personNo } = found.output.person;
    const asked = asks.check(personNo, sender.providerCode, "11", sender.business());
    const said = await send(sender, "2001", asked);
    if (said.kind === "done" && said.output.benefits[0]?.entitledFlag === "1") return identityNumber;
  }
  return undefined;
}

if (process.argv[1] === import.meta.filename) process.exit(await checkGateway(process.argv.slice(2), noSupply));
