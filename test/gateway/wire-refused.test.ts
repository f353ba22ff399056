import { LosslessNumber } from "lossless-json";
import { describe, expect, test } from "vitest";
import { jsonText, parseTree } from "../../shared/gateway/codec.ts";
import { isMoment, type Tree } from "../../shared/gateway/field.ts";
import { describeFields } from "../../shared/gateway/fields.ts";
import { parseMessage, readCodeQuery, readInput, readOutput, writeInput } from "../../shared/gateway/messages.ts";
import { isTransaction, type TransactionNo } from "../../shared/gateway/wire.ts";
import { answerOf, changed, faultOf, inputOf, messageOf } from "./wire-messages.ts";

describe("refused, with the field's name", () => {
  const wrong: [no: TransactionNo, field: string, value: unknown, why: string][] = [
    ["2207", "psn_no", undefined, "人员编号 psn_no：缺少"],
    ["2207", "psn_no", " ", "人员编号 psn_no：缺少"],
    ["2207", "psn_no", null, "人员编号 psn_no：缺少"],
    ["2207", "psn_no", new LosslessNumber("390"), "人员编号 psn_no：应为文本"],
    ["2207", "psn_no", "1".repeat(31), "人员编号 psn_no：超过30个字"],
    ["2207", "psn_no", "a\u0000b", "人员编号 psn_no：含有不能使用的字符"],
    ["2207", "psn_no", "a\ud800b", "人员编号 psn_no：含有不能使用的字符"],
    ["2207", "psn_no", ["1"], "人员编号 psn_no：应为文本"],
    ["2207", "medfee_sumamt", "12.345", "医疗费总额 medfee_sumamt：小数超过2位"],
    ["2207", "medfee_sumamt", "1e-3", "医疗费总额 medfee_sumamt：小数超过2位"],
    ["2207", "medfee_sumamt", "1000000000", "医疗费总额 medfee_sumamt：超出上限"],
    ["2207", "medfee_sumamt", "1e99", "医疗费总额 medfee_sumamt：超出上限"],
    ["2207", "medfee_sumamt", "-0.01", "医疗费总额 medfee_sumamt：不能为负"],
    ["2207", "medfee_sumamt", "NaN", "医疗费总额 medfee_sumamt：应为数字"],
    ["2207", "medfee_sumamt", "Infinity", "医疗费总额 medfee_sumamt：应为数字"],
    ["2207", "medfee_sumamt", "1,000.00", "医疗费总额 medfee_sumamt：应为数字"],
    ["2207", "medfee_sumamt", "012.00", "医疗费总额 medfee_sumamt：应为数字"],
    ["2207", "medfee_sumamt", "٣.00", "医疗费总额 medfee_sumamt：应为数字"],
    ["2207", "medfee_sumamt", true, "医疗费总额 medfee_sumamt：应为数字"],
    ["2207", "medfee_sumamt", 12.5, "医疗费总额 medfee_sumamt：应为数字"],
    ["2204", "pric", "1.0000001", "feedetail第1条 单价 pric：小数超过6位"],
    ["2204", "pric", "-1", "feedetail第1条 单价 pric：不能为负"],
    ["2204", "cnt", "-1", "feedetail第1条 数量 cnt：不能为负"],
    ["2301", "pric", "-1", "feedetail第1条 单价 pric：不能为负"],
    ["2204", "cnt", "1.00001", "feedetail第1条 数量 cnt：小数超过4位"],
    ["2204", "prd_days", "100", "feedetail第1条 周期天数 prd_days：超出上限"],
    ["2204", "fee_ocur_time", "2025-02-29 08:00:00", "费用发生时间 fee_ocur_time：应为存在的时间"],
    ["2204", "fee_ocur_time", "2025-11-20", "费用发生时间 fee_ocur_time：应为存在的时间"],
    ["2204", "fee_ocur_time", "2025-11-20T08:00:00", "费用发生时间 fee_ocur_time：应为存在的时间"],
    ["2204", "fee_ocur_time", "2025-11-20 24:00:00", "费用发生时间 fee_ocur_time：应为存在的时间"],
    ["2402", "die_date", "2025-13-01", "死亡日期 die_date：应为存在的日期"],
    ["2402", "geso_val", "39.5", "孕周数 geso_val：应为整数"],
    ["2402", "geso_val", "100", "孕周数 geso_val：超出上限"],
  ];
  test.each(wrong)("%s %s %j: %s", (no, field, value, why) => {
    expect(faultOf(() => readInput(no, changed(no, field, value)))).toContain(why);
  });
  test("a share beyond 1", () => {
    const { setlinfo, setldetail } = answerOf("2304").output as Tree;
    const output = { setlinfo: { ...(setlinfo as Tree), pool_prop_selfpay: "1.0001" }, setldetail };
    expect(faultOf(() => readOutput("2304", output))).toContain("pool_prop_selfpay：应在0到1之间");
  });
  test("lengths are counted in characters as people count them, not in halves of them", () => {
    const named = (name: string) => faultOf(() => readInput("2201", changed("2201", "dr_name", name)));
    expect(named("𠮷".repeat(50))).toContain("no fault");
    expect(named("𠮷".repeat(51))).toContain("超过50个字");
  });
  test("every required field of every transaction that is missing", () => {
    const required = describeFields().filter(
      (one) => one.transaction && one.direction === "in" && one.required && one.name,
    );
    expect(required.length).toBeGreaterThan(150);
    for (const { transaction, node, field, label } of required) {
      const input = inputOf(transaction);
      const objects = ([input[node]].flat() as Tree[]).map(({ [field]: _, ...rest }) => rest);
      const given = { ...input, [node]: objects };
      const fault = faultOf(() =>
        isTransaction(transaction) ? readInput(transaction, given) : readCodeQuery(jsonText(given)),
      );
      expect(fault, `${transaction} ${node}.${field}`).toContain(`${label} ${field}：缺少`);
    }
  });
  test("a node that is missing, empty, doubled or no object", () => {
    const { data } = inputOf("2207");
    expect(faultOf(() => readInput("2207", {}))).toBe("节点 data：缺少");
    expect(faultOf(() => readInput("2207", { data: [data, data] }))).toBe("节点 data：应为一个对象");
    expect(faultOf(() => readInput("2207", { data: "x" }))).toBe("节点 data：应为一个对象");
    expect(faultOf(() => readInput("2207", { data: [[data]] }))).toBe("节点 data：应为一个对象");
    expect(faultOf(() => readInput("2207", { data: new LosslessNumber("1") }))).toBe("节点 data：应为一个对象");
    expect(faultOf(() => readInput("2204", { feedetail: [] }))).toBe("节点 feedetail：缺少");
    expect(faultOf(() => readInput("2204", { feedetail: [null] }))).toBe("节点 feedetail：应为对象的数组");
  });
  test("many faults at once: the first five", () => {
    const fault = faultOf(() => readInput("2207", { data: {} }));
    expect(fault.split("；")).toHaveLength(5);
  });
  test.each([
    ["", "空报文"],
    [" \n", "空报文"],
    ["{", "不是JSON"],
    ["{'a':1}", "不是JSON"],
    ['{"a":NaN}', "不是JSON"],
    ['{"a":01}', "不是JSON"],
    ['{"a":1}{"b":2}', "不是JSON"],
    ["[]", "报文应为一个JSON对象"],
    ["12", "报文应为一个JSON对象"],
    ["null", "报文应为一个JSON对象"],
    ['{"a":1,"a":2}', "a：同名字段有两个不同的值"],
    ['{"x":{"psn_no":"1","psn_no":"2"}}', "psn_no：同名字段有两个不同的值"],
    [`{"a":${"[".repeat(60)}${"]".repeat(60)}}`, "报文嵌套太深"],
    [`{"a":${"[".repeat(200_000)}`, "不是JSON"],
  ])("no message: %.40s", (written, why) => {
    expect(faultOf(() => parseMessage(written))).toBe(why);
  });
  test("an envelope without the area of the insured, where the input names a person", () => {
    const { insuplc_admdvs: _, ...without } = messageOf("2207");
    expect(faultOf(() => parseMessage(jsonText(without)))).toContain("insuplc_admdvs：交易输入中含有人员编号时必填");
    expect(parseMessage(jsonText(messageOf("1101"))).insuredArea).toBeNull();
  });
  test.each(["infno", "msgid", "mdtrtarea_admvs", "inf_time", "fixmedins_code", "opter", "input"])(
    "an envelope without %s",
    (field) => {
      const { [field]: _, ...without } = messageOf("2207");
      expect(faultOf(() => parseMessage(jsonText(without)))).toContain(`${field}：缺少`);
    },
  );
  test("an envelope whose input is text, a list or a number", () => {
    for (const input of ["{}", [], new LosslessNumber("1")]) {
      const fault = faultOf(() => parseMessage(jsonText({ ...messageOf("2207"), input })));
      expect(fault).toBe("交易输入 input：应为一个对象");
    }
  });
  test("what we write wrongly is our fault, never the reader's", () => {
    const { request } = readInput("2208", inputOf("2208"));
    const writing = (changes: object) => () => writeInput("2208", { request: { ...request, ...changes } });
    expect(writing({ claimNo: "" })).toThrow(RangeError);
    expect(writing({ claimNo: "1".repeat(31) })).toThrow(RangeError);
    expect(() => writeInput("2208", {} as never)).toThrow(RangeError);
    const bill = readInput("2207", inputOf("2207"));
    const priced = (total: number) => () => writeInput("2207", { request: { ...bill.request, total: total as never } });
    expect(priced(12.5)).toThrow(RangeError);
    expect(priced(Number.NaN)).toThrow(RangeError);
    expect(priced(100_000_000_000)).toThrow(RangeError);
    expect(priced(-1)).toThrow(RangeError);
  });
  test("hostile names change nothing but themselves", () => {
    const { request } = readInput(
      "2207",
      parseTree(jsonText(inputOf("2207")).replace("{", '{"__proto__":{"psn_no":"x"},')),
    );
    expect(request.personNo).not.toBe("x");
    expect(Object.getPrototypeOf(request)).toBe(Object.prototype);
    expect(({} as Tree).psn_no).toBeUndefined();
  });
  test("a moment is one that exists", () => {
    expect(["2024-02-29 00:00:00", "2025-12-31 23:59:59"].every(isMoment)).toBe(true);
    const none = ["2025-02-29 00:00:00", "2025-11-20 23:60:00", "2025-11-20 23:59:60", "2025-11-20  3:00:00", "x"];
    expect(none.some(isMoment)).toBe(false);
  });
});
