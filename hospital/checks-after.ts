import { checkDigit } from "../shared/person.ts";
import { differences, yuan } from "./arithmetic.ts";
import * as asks from "./asks.ts";
import type { Bench } from "./checks.ts";
import { newMessageNo, written } from "./client.ts";
import { sums } from "./visit.ts";

/** 撤销与冲正 · a settlement taken back leaves the year as it was; 2601 takes back a message whose answer never came. */
export async function reversalChecks(bench: Bench): Promise<void> {
  const { sender, who, say, check, sound, done, refused, must, charged, asked, accumulated, at, today } = bench;
  const { newLocalNo, insuredArea } = bench;
  const { personNo } = who;
  bench.about("reversal");
  const start = await accumulated().catch(() => "");
  const visit = await charged().catch(() => null);
  const no = visit?.encounterNo ?? "";
  const lines = visit?.lines ?? [];
  const settled = await done("2207 结算，准备撤销", "settled, to be taken back", () => say("2207", asked(no, lines)));
  const claimNo = () => settled().settlement.claimNo;
  const reversal = await done("2208 撤销门诊结算", "2208 takes it back", () =>
    say("2208", asks.reverse(personNo, no, claimNo())),
  );
  await sound("撤销的金额全部为负，与结算相反", "the same amounts with the signs turned", async () =>
    differences(reversal().settlement, settled().settlement, -1),
  );
  await check("年度累计回到结算以前", "the year stands as before", start, accumulated);
  await refused("同一笔再撤销一次", "taken back twice", "not-settled", () =>
    say("2208", asks.reverse(personNo, no, claimNo())),
  );
  await refused("撤销不存在的结算", "a settlement that does not exist", "not-found", () =>
    say("2208", asks.reverse(personNo, no, `${claimNo()}X`)),
  );

  const message = written(sender, "2207", asked(no, lines), { insuredArea });
  const undo = (messageNo: string, transaction = "2207") => asks.undo(personNo, messageNo, transaction);
  const again = await done("撤销以后再结算", "settled anew", () => say("2207", asked(no, lines), message));
  await refused("冲正：原交易编号写错", "2601 with another transaction number", "not-found", () =>
    say("2601", undo(message.messageNo, "2304")),
  );
  await refused("冲正：报文是别的机构的", "2601 of another provider's message", "sender-differs", () =>
    say("2601", undo(newMessageNo({ ...sender, providerCode: "H99999900001" }))),
  );
  await done("2601 冲正办过的报文", "2601 takes back a message that was done", () =>
    say("2601", undo(message.messageNo)),
  );
  await check("冲正以后年度累计回到以前", "the year stands as before", start, accumulated);
  await check("冲正以后那笔结算是已撤销的", "and the settlement is reversed", "拒绝", async () => {
    const said = await say("2208", asks.reverse(personNo, no, again().settlement.claimNo));
    return said.kind === "refused" ? "拒绝" : "还能撤销 still stands";
  });
  await done("2601 同一条再冲正一次，没有事可做", "2601 a second time finds nothing to do", () =>
    say("2601", undo(message.messageNo)),
  );
  await refused("被冲正的报文再来", "the message that was taken back comes again", "message-undone", () =>
    say("2207", asked(no, lines), message),
  );
  const localNo = newLocalNo();
  const never = asks.register(who, at(today()), localNo);
  const lost = written(sender, "2201", never, { insuredArea });
  await done("2601 冲正没有收到过的报文", "2601 of a message that never came", () =>
    say("2601", undo(lost.messageNo, "2201")),
  );
  await refused("冲正以后迟到的原报文", "the original, late", "message-undone", () => say("2201", never, lost));
  const fresh = await done("换新的报文编号重新办理", "done anew under a new number", () => say("2201", never));
  await refused("签到不能冲正", "2601 of a sign-in", "cannot-be-undone", async () => {
    const day = written(sender, "9001", asks.signIn(), { insuredArea });
    await say("9001", asks.signIn(), day);
    return say("2601", undo(day.messageNo, "9001"));
  });
  await bench.clean(async () => {
    await must("2202", asks.unregister(personNo, fresh().encounter.encounterNo, localNo));
  });
  await bench.clean(async () => {
    await must("2205", asks.withdrawBatch(personNo, no, "0000"));
    await must("2202", asks.unregister(personNo, no, visit?.localNo ?? ""));
  });
}

/** 查询 · what was uploaded and settled is told again as it was. */
export async function queryChecks(bench: Bench): Promise<void> {
  const { sender, who, say, check, sound, done, must, charged, asked, disease, today } = bench;
  const { personNo } = who;
  bench.about("queries");
  const visit = await charged().catch(() => null);
  const no = visit?.encounterNo ?? "";
  const lines = visit?.lines ?? [];
  const costs = async () => {
    const { accumulations } = await must("5206", { request: { personNo } });
    return accumulations.find((one) => one.accumulationCode === "F0000")?.accumulated ?? Number.NaN;
  };
  const before = await costs().catch(() => Number.NaN);
  const settled = await must("2207", asked(no, lines)).catch(() => null);
  const encounters = await done("5201 就诊查询", "5201 lists encounters", () =>
    say("5201", { request: { personNo, encounterNo: no } }),
  );
  await check("只有这一次就诊", "this encounter alone", no, async () =>
    encounters()
      .encounters.map((one) => one.encounterNo)
      .join(),
  );
  const diagnoses = await done("5202 诊断查询", "5202 lists diagnoses", () =>
    say("5202", { request: { personNo, encounterNo: no } }),
  );
  await check("诊断是上传的诊断", "they are those that were uploaded", disease.code, async () =>
    diagnoses()
      .diagnoses.map((one) => one.diagnosisCode)
      .join(),
  );
  const claim = await done("5203 结算查询", "5203 finds the settlement", () =>
    say("5203", { request: { personNo, claimNo: settled?.settlement.claimNo ?? "" } }),
  );
  await sound("与结算时答的相同", "as it was answered", async () =>
    settled ? differences(claim().settlement, settled.settlement) : ["没有结算"],
  );
  const listed = await done("5204 费用明细查询", "5204 lists the lines", () =>
    say("5204", { request: { personNo, encounterNo: no, claimNo: settled?.settlement.claimNo ?? "" } }),
  );
  const spelt = (all: readonly { lineNo?: string | null; serial?: string; total: number; quantity: number }[]) =>
    all
      .map((one) => `${one.lineNo ?? one.serial} ${one.quantity} ${yuan(one.total)}`)
      .sort()
      .join("；");
  await check("明细是上传的明细", "they are those that were uploaded", spelt(lines), async () => spelt(listed().lines));
  await check("5206 累计多了这一笔的总额", "5206 grew by the bill", yuan(sums(lines).total), async () =>
    yuan((await costs()) - before),
  );
  const referral = await done("2501 转院备案", "2501 refers", () =>
    say("2501", asks.refer(personNo, { code: "H37010200001", name: "别的医院", area: "370102" }, today(), disease)),
  );
  const filings = async () => {
    const { referrals } = await must("5304", { request: { personNo } });
    return String(referrals.some((one) => one.filingNo === referral().filing.filingNo));
  };
  await check("5304 查得到转院备案", "5304 lists the referral", "true", filings);
  await done("2502 撤销转院备案", "2502 withdraws it", () =>
    say("2502", { request: { personNo, filingNo: referral().filing.filingNo } }),
  );
  await check("5304 不再有它", "5304 lists it no more", "false", filings);
  await check("别的机构查不到这次就诊", "another provider's encounter number is unknown here", "拒绝", async () => {
    const said = await say("5202", { request: { personNo, encounterNo: `${sender.providerCode}NOTMINE` } });
    return said.kind === "refused" ? "拒绝" : bench.told(said);
  });
  await bench.clean(async () => {
    await must("2208", asks.reverse(personNo, no, settled?.settlement.claimNo ?? ""));
    await must("2205", asks.withdrawBatch(personNo, no, "0000"));
    await must("2202", asks.unregister(personNo, no, visit?.localNo ?? ""));
  });
}

const tooMany = 101;

/** 拒绝 · what is wrong is said, and nothing of it is done. */
export async function refusalChecks(bench: Bench): Promise<void> {
  const { who, say, check, refused, must, charged, charge, asked, at, today, batchNo, newLocalNo, disease } = bench;
  const { personNo } = who;
  bench.about("refusals");
  const visit = await charged().catch(() => null);
  const no = visit?.encounterNo ?? "";
  const lines = visit?.lines ?? [];
  const upload = (charges: readonly asks.Charge[]) =>
    say("2204", asks.chargeOutpatient(personNo, no, batchNo, charges));
  const listed = async () => String((await must("5204", { request: { personNo, encounterNo: no } })).lines.length);

  await refused("目录里没有的项目", "an item that no catalogue has", "item-not-in-catalogue", () =>
    upload([charge(0), { ...charge(1), itemCode: "X-NOT-IN-ANY-CATALOGUE" }]),
  );
  await check("有一条错，整条报文都不记", "one wrong line, and none is charged", String(lines.length), listed);
  await refused("单价乘以数量不等于总额", "price times quantity is not the total", "line-sum", () => {
    const one = charge(0);
    return upload([{ ...one, total: (one.total + 1) as typeof one.total }]);
  });
  await refused("费用发生在明天", "a charge of tomorrow", "day-out-of-order", () =>
    upload([{ ...charge(0), at: at(tomorrow(today())) }]),
  );
  await refused("明细流水号重复", "a line's number a second time", "line-repeated", () =>
    upload([{ ...charge(0), serial: lines[0]?.serial ?? "" }]),
  );
  await refused(`一条报文${tooMany}条明细`, `${tooMany} lines in one message`, "too-many-lines", () =>
    upload(Array.from({ length: tooMany }, () => charge(0))),
  );
  await refused("金额写成了负数", "a negative amount", "malformed", () =>
    say("2207", asked(no, lines), { spoil: (body) => body.replace(/:(\d+\.\d\d)\b/, ":-$1") }),
  );
  await refused("没有这次就诊", "an encounter that does not exist", "not-found", () =>
    say("2207", asked("20200101NOSUCHENCOUNTER1", lines)),
  );
  await refused("凭证不是这个人的", "the certificate is somebody else's", "certificate-mismatch", () => {
    const other = { ...who, identityNumber: another(who.identityNumber) };
    return say("2207", asks.settleOutpatient(other, no, batchNo, "11", sums(lines)));
  });
  await refused("险种不是城乡居民", "another scheme", "scheme-not-served", () => {
    const { request } = asked(no, lines);
    return say("2207", { request: { ...request, schemeCode: "310" } });
  });
  await refused("单病种结算", "another way of settling than by items", "value-not-served", () => {
    const { request } = asked(no, lines);
    return say("2207", { request: { ...request, settlementWay: "0201" } });
  });
  await refused("没有这种医疗类别", "a care code that does not exist", "care-not-served", () =>
    say("2203", asks.see(personNo, no, "99", at(today()), disease)),
  );
  await refused("院内就诊号重复", "the hospital's own number a second time", "encounter-exists", () =>
    say("2201", asks.register(who, at(today()), visit?.localNo ?? "")),
  );
  await refused("有明细不能撤销挂号", "lines are left", "lines-left", () =>
    say("2202", asks.unregister(personNo, no, visit?.localNo ?? "")),
  );
  await refused("入院时间在明天", "an admission of tomorrow", "day-out-of-order", () =>
    say("2401", asks.admit(who, "21", at(tomorrow(today())), newLocalNo(), disease)),
  );
  await refused("转往的机构是自己", "a referral to oneself", "provider-unknown", () =>
    say(
      "2501",
      asks.refer(personNo, { code: bench.sender.providerCode, name: "自己", area: "370000" }, today(), disease),
    ),
  );
  await check("被拒绝的都没有留下什么", "nothing of all that was done", String(lines.length), listed);
  await bench.clean(async () => {
    await must("2205", asks.withdrawBatch(personNo, no, "0000"));
    await must("2202", asks.unregister(personNo, no, visit?.localNo ?? ""));
  });
}

/** A number that is well formed and not theirs: the next order of the same birthday. */
function another(identityNumber: string): string {
  const order = (Number(identityNumber.slice(14, 17)) + 1) % 1000;
  const first17 = `${identityNumber.slice(0, 14)}${String(order).padStart(3, "0")}`;
  return first17 + checkDigit(first17);
}

const tomorrow = (on: string) =>
  new Date(Date.parse(`${on}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10) as ReturnType<Bench["today"]>;
