import { checkDigit } from "../shared/person.ts";
import { differences, faultsOfLines, faultsOfSums, type Line, returnTotal } from "./arithmetic.ts";
import * as asks from "./asks.ts";
import { type Bench, before } from "./checks.ts";
import { sums } from "./visit.ts";

/** 人员 · who a certificate belongs to, and whether care is covered. */
export async function personChecks(bench: Bench): Promise<void> {
  const { sender, who, say, check, done, refused, identityNumber, insuredArea, today, at } = bench;
  bench.about("person");
  const found = await done("1101 用身份证找到人", "1101 finds the person", () =>
    say("1101", asks.identify(identityNumber)),
  );
  await check(
    "答的证件号码就是所问的",
    "the certificate is the one that was shown",
    identityNumber,
    async () => found().person.certificateNo,
  );
  await check("告诉参保地", "the insured area is told", insuredArea, async () =>
    String(found().covers.find((one) => one.schemeCode === "390")?.insuredArea),
  );
  const beganAt = at(today());
  const check2001 = (personNo: string) => asks.check(personNo, sender.providerCode, "11", beganAt);
  const benefits = await done("2001 待遇检查", "2001 checks the benefits", () => say("2001", check2001(who.personNo)));
  await check("有待遇的人答1", "somebody covered is told so", "1", async () =>
    String(benefits().benefits[0]?.entitledFlag),
  );
  const nobody = `379998${"19000101"}999`;
  await refused("没有这个人", "nobody has this number", "person-not-found", () =>
    say("1101", asks.identify(nobody + checkDigit(nobody))),
  );
  await refused("身份证号校验码不对", "the check digit is wrong", "identity-number", () =>
    say("1101", asks.identify(`${identityNumber.slice(0, 17)}${identityNumber.endsWith("1") ? "2" : "1"}`)),
  );
  await refused("姓名不一致", "another name", "name-mismatch", () =>
    say("1101", asks.identify(identityNumber, "没有这个姓名")),
  );
  await refused("参保地不对", "another insured area", "wrong-area", () =>
    say("2001", check2001(who.personNo), { insuredArea: "990000" }),
  );
  await refused("写了人员编号却没有写参保地", "a person's number without an insured area", "malformed", () =>
    say("2001", check2001(who.personNo), { insuredArea: "" }),
  );
  await refused("没有这个人员编号", "a person's number that does not exist", "not-related", () =>
    say("2001", check2001(`${insuredArea}99999999999999`)),
  );
}

/** 门诊 · register, see, charge, preview, settle; nothing is written before it is settled. */
export async function outpatientChecks(bench: Bench): Promise<void> {
  const { who, say, check, sound, done, refused, must, charge, answered, asked, batchNo, disease } = bench;
  const { today, at, newLocalNo, snapshot } = bench;
  const { personNo } = who;
  bench.about("outpatient");
  const localNo = newLocalNo();
  const registered = await done("2201 挂号给出就诊ID", "2201 registers", () =>
    say("2201", asks.register(who, at(today()), localNo)),
  );
  const no = () => registered().encounter.encounterNo;
  await done("2203 上传就诊信息", "2203 says what was found", () =>
    say("2203", asks.see(personNo, no(), "11", at(today()), disease)),
  );
  const upload = (charges: readonly asks.Charge[]) => asks.chargeOutpatient(personNo, no(), batchNo, charges);
  const [one, two] = [[charge(0)], [charge(1, 20_000), charge(2, 5_000)]];
  const first = await done("2204 上传一条明细", "2204 takes a line", () => say("2204", upload(one)));
  const second = await done("2204 再上传两条，同一批次", "2204 takes two more of the batch", () =>
    say("2204", upload(two)),
  );
  const lines = (): Line[] => [...answered(one, first()).lines, ...answered(two, second()).lines];
  await sound(
    "每条明细的四部分与单价、数量、限价、自付比例一致",
    "each line splits as its price, cap and share say",
    async () => faultsOfLines(lines()),
  );
  let snapped = "";
  await bench.clean(async () => {
    snapped = await snapshot(no());
  });
  const asking = () => asks.previewOutpatient(who, no(), batchNo, "11", sums(lines()).total);
  const preview = await done("2206 预结算", "2206 previews", () => say("2206", asking()));
  await sound("预结算：总额=基金+个人+医院，各项之和相符", "the preview's sums add up", async () =>
    faultsOfSums(preview().settlement, preview().payments, lines()),
  );
  await check("预结算什么也没有改：5206、5201、5204 前后相同", "the preview changed nothing", snapped, () =>
    snapshot(no()),
  );
  await refused("结算金额和明细差一分", "sums one fen off", "sums-differ", () => {
    const right = sums(lines());
    return say(
      "2207",
      asks.settleOutpatient(who, no(), batchNo, "11", { ...right, total: (right.total + 1) as never }),
    );
  });
  const settled = await done("2207 结算", "2207 settles", () => say("2207", asked(no(), lines())));
  await sound("结算：总额=基金+个人+医院，各项之和相符", "the settlement's sums add up", async () =>
    faultsOfSums(settled().settlement, settled().payments, lines()),
  );
  await sound("结算与预结算相同", "it is what the preview said", async () =>
    differences(settled().settlement, preview().settlement),
  );
  await refused("同一批费用再结算一次", "the same batch settled twice", "settled-already", () =>
    say("2207", asked(no(), lines())),
  );
  await refused("向结算过的批次加明细", "a line for a batch that is settled", "settled-already", () =>
    say("2204", upload([charge(0)])),
  );
  await refused("撤销结算过的批次", "withdrawing a batch that is settled", "settled-already", () =>
    say("2205", asks.withdrawBatch(personNo, no(), batchNo)),
  );
  await bench.clean(() => must("2208", asks.reverse(personNo, no(), settled().settlement.claimNo)));
  await done("2205 撤销没有结算的明细", "2205 withdraws what is not settled", () =>
    say("2205", asks.withdrawBatch(personNo, no(), "0000")),
  );
  await refused("没有明细不能结算", "nothing to settle", "no-lines", () =>
    say("2206", { request: { ...asking().request, total: 0 as never } }),
  );
  await done("2202 撤销挂号", "2202 takes the registration back", () =>
    say("2202", asks.unregister(personNo, no(), localNo)),
  );
}

/** 住院 · a stay with returns, a settlement in the middle, a discharge that is taken back, and the end. */
export async function stayChecks(bench: Bench): Promise<void> {
  const { who, say, check, sound, done, refused, must, charge, answered, disease, today, at, newLocalNo, snapshot } =
    bench;
  const { personNo } = who;
  bench.about("stay");
  const [end, middle, begin] = [today(), before(today(), 3), before(today(), 6)];
  const admit = (localNo: string) => asks.admit(who, "21", at(begin), localNo, disease);
  const admitted = await done("2401 入院登记给出就诊ID", "2401 admits", () => say("2401", admit(newLocalNo())));
  const no = () => admitted().encounter.encounterNo;
  await refused("还在住院的人再办入院", "somebody who lies in a bed already", "already-admitted", () =>
    say("2401", admit(newLocalNo())),
  );
  const lines: Line[] = [];
  const upload = async (charges: readonly asks.Charge[]) => {
    const said = await say("2301", asks.chargeStay(personNo, no(), "21", charges));
    if (said.kind === "done") lines.push(...answered(charges, said.output).lines);
    return said;
  };
  const sold = [charge(0, 40_000, begin), charge(1, 20_000, middle)];
  await done("2301 上传明细", "2301 takes lines", () => upload(sold));
  await sound("2301 医院审批不通过的明细全自费", "a line whose approval failed is the person's own", async () => {
    const own: asks.Charge = { ...charge(0, 10_000, begin), approved: "2" };
    const said = await must("2301", asks.chargeStay(personNo, no(), "21", [own]));
    await must("2302", asks.withdrawLine(personNo, no(), own.serial));
    return faultsOfLines(answered([own], said).lines);
  });
  await done("2301 再上传一条", "2301 takes another", () => upload([charge(2, 10_000, begin)]));
  const back = (quantity: number, left: number): asks.Charge => ({
    ...charge(0, -quantity, begin),
    total: returnTotal(sold[0]!.price, left, quantity) as asks.Charge["total"],
    original: sold[0]!.serial,
  });
  await done("2301 退一部分（数量为负，写明原流水号）", "a return: a negative quantity that names its line", () =>
    upload([back(10_000, 40_000)]),
  );
  await refused("退的比剩下的多", "more returned than is left", "return-too-much", () =>
    say("2301", asks.chargeStay(personNo, no(), "21", [back(40_000, 40_000)])),
  );
  await sound(
    "明细和退费的分割一致：合起来等于剩下的数量",
    "lines and returns split as one line of what is left",
    async () => faultsOfLines(lines),
  );
  const ask = (until: string | null = null) => asks.settleStay(who, no(), sums(lines), until);
  let snapped = "";
  await bench.clean(async () => {
    snapped = await snapshot(no());
  });
  const preview = await done("2303 预结算", "2303 previews", () => say("2303", ask()));
  await sound("预结算各项之和相符", "the preview's sums add up", async () =>
    faultsOfSums(preview().settlement, preview().payments, lines),
  );
  await check("预结算什么也没有改", "the preview changed nothing", snapped, () => snapshot(no()));
  await refused("没有办出院就全部结算", "settled whole before the discharge", "not-discharged", () =>
    say("2304", ask()),
  );
  const interim = await done("2304 中途结算", "2304 settles in the middle of the stay", () => say("2304", ask(middle)));
  await sound("中途结算各项之和相符", "its sums add up", async () =>
    faultsOfSums(interim().settlement, interim().payments, lines),
  );
  const settledLines = lines.splice(0);
  await refused("中途结算过的明细再上传一次", "a line that was settled in the middle, once more", "line-repeated", () =>
    say("2301", asks.chargeStay(personNo, no(), "21", [{ ...charge(1, 20_000, end), serial: sold[1]!.serial }])),
  );
  await refused("中途结算过的明细退费", "a return of what was settled in the middle", "settled-already", () =>
    say("2301", asks.chargeStay(personNo, no(), "21", [back(10_000, 30_000)])),
  );
  await sound("中途结算的明细没有变", "what was settled in the middle stands as it was", async () =>
    faultsOfSums(interim().settlement, interim().payments, settledLines),
  );
  await bench.clean(() => handfuls(bench, no()));
  await done("中途结算以后继续记账", "lines go on after it", () =>
    upload([charge(0, 30_000, end), charge(1, 10_000, middle)]),
  );
  await done("2302 撤销一条明细", "2302 withdraws one line", async () => {
    const gone = lines.pop();
    return say("2302", asks.withdrawLine(personNo, no(), gone?.serial ?? ""));
  });
  await done("2402 出院", "2402 discharges", () => say("2402", asks.discharge(personNo, no(), at(end, "08:00:00"))));
  await done("2405 撤销出院", "2405 takes the discharge back", () => say("2405", asks.named(personNo, no())));
  await done("再次出院", "and again", () => say("2402", asks.discharge(personNo, no(), at(end, "08:30:00"))));
  const last = await done("2304 出院结算", "2304 settles the rest", () => say("2304", ask()));
  await sound("出院结算各项之和相符", "its sums add up", async () =>
    faultsOfSums(last().settlement, last().payments, lines),
  );
  await refused("结算以后再上传明细", "a line after all is settled", "encounter-closed", () =>
    say("2301", asks.chargeStay(personNo, no(), "21", [charge(0, 10_000, end)])),
  );
  await refused("同一次住院再结算一次", "the same stay settled twice", "settled-already", () => say("2304", ask()));
  await refused(
    "先撤销中途结算：后面还有一笔",
    "the settlement in the middle reversed before the last",
    "reversal-order",
    () => say("2305", asks.reverse(personNo, no(), interim().settlement.claimNo)),
  );
  const reversal = await done("2305 撤销最后一笔", "2305 takes the last one back", () =>
    say("2305", asks.reverse(personNo, no(), last().settlement.claimNo)),
  );
  await sound("撤销的金额全部为负，与结算相反", "the same amounts with the signs turned", async () =>
    differences(reversal().settlement, last().settlement, -1),
  );
  await done("2305 再撤销中途结算", "then the one in the middle", () =>
    say("2305", asks.reverse(personNo, no(), interim().settlement.claimNo)),
  );
  await bench.clean(async () => {
    await must("2405", asks.named(personNo, no()));
    await must("2302", asks.withdrawLine(personNo, no(), "0000"));
    await must("2404", asks.named(personNo, no()));
  });
}

/** 一条报文一百条 · a hundred lines in one message, what is given back of them in one go, and all of it taken back again. */
async function handfuls(bench: Bench, no: string): Promise<void> {
  const { who, say, sound, done, refused, must, charge, answered } = bench;
  const { personNo } = who;
  const upload = (charges: readonly asks.Charge[]) => say("2301", asks.chargeStay(personNo, no, "21", charges));
  const hundred = Array.from({ length: 100 }, (_, i) => charge(i, 30_000));
  const taken = await done("2301 一条报文一百条明细", "2301 takes a hundred lines in one message", () =>
    upload(hundred),
  );
  const back = (one: asks.Charge, quantity: number, left: number): asks.Charge => ({
    ...charge(0, -quantity),
    itemCode: one.itemCode,
    price: one.price,
    total: returnTotal(one.price, left, quantity) as asks.Charge["total"],
    original: one.serial,
  });
  const [first] = hundred as [asks.Charge];
  const returns = [...hundred.slice(1).map((one) => back(one, 10_000, 30_000)), back(first, 20_000, 30_000)];
  const given = await done("2301 一条报文退一百条", "2301 takes a hundred returns in one go", () => upload(returns));
  await refused(
    "一条报文里退同一条两次，合起来超过",
    "two returns of one line, together more than is left",
    "return-too-much",
    () => upload([back(first, 10_000, 10_000), back(first, 10_000, 10_000)]),
  );
  await sound("一百条和它们的退费分割一致", "the hundred and their returns split as what is left", async () =>
    faultsOfLines([...answered(hundred, taken()).lines, ...answered(returns, given()).lines]),
  );
  await must("2302", asks.withdrawLine(personNo, no, "0000"));
}
