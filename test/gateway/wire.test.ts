import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { LosslessNumber, parse as parseJson } from "lossless-json";
import { describe, expect, test } from "vitest";
import { jsonText, parseTree, read, write } from "../../shared/gateway/codec.ts";
import { type Field, isMoment, type Kind, type Node, type Parts, type Tree } from "../../shared/gateway/field.ts";
import { describeFields } from "../../shared/gateway/fields.ts";
import {
  parseMessage,
  readAnswer,
  readCodeAnswer,
  readCodeQuery,
  readInput,
  readOutput,
  writeAnswer,
  writeCodeAnswer,
  writeCodeQuery,
  writeInput,
  writeMessage,
  writeOutput,
} from "../../shared/gateway/messages.ts";
import {
  everyLine,
  isTransaction,
  type TransactionNo,
  transactionNames,
  transactions,
} from "../../shared/gateway/wire.ts";
import { Refusal } from "../../shared/refusal.ts";
import { fieldsDocument, fieldsWritten } from "../../tools/wire-fields.ts";

const vectors = join(import.meta.dirname, "../vectors");
const documented = parse(readFileSync(join(vectors, "wire-fields.csv"), "utf8"), { columns: true }) as Record<
  string,
  string
>[];
const captured = parseJson(readFileSync(join(vectors, "wire-messages.json"), "utf8")) as {
  transaction: string;
  message?: Tree;
  answer: Tree;
}[];
const served = Object.keys(transactions) as TransactionNo[];
const messageOf = (no: string) => captured.find(({ transaction }) => transaction === no)!.message!;
const answerOf = (no: string) => captured.find(({ transaction }) => transaction === no)!.answer;
const inputOf = (no: string) => messageOf(no).input as Tree;

/** What is said when something is refused, or what was returned although it should have been. */
function faultOf(act: () => unknown): string {
  try {
    return `no fault: ${JSON.stringify(act())}`;
  } catch (error) {
    if (error instanceof Refusal && error.code === "malformed") return error.detail ?? "";
    throw error;
  }
}

/** A captured input with one field of its first node set to something else. */
function changed(no: string, field: string, value: unknown): Tree {
  const [[name, node], ...others] = Object.entries(inputOf(no)) as [[string, Tree | Tree[]], ...[string, unknown][]];
  const [first, ...rest] = [node].flat() as [Tree, ...Tree[]];
  const { [field]: _, ...without } = first;
  const made = value === undefined ? without : { ...without, [field]: value };
  return Object.fromEntries([[name, Array.isArray(node) ? [made, ...rest] : made], ...others]);
}

describe("the table", () => {
  test("has every field that is documented, with its type, length and marks, and no other", () => {
    const row = (...cells: unknown[]) => cells.map(String).join("|");
    const wanted = documented.map((one) =>
      row(
        one.transaction,
        one.direction,
        one.node,
        one.field,
        one.名称,
        one.类型,
        one.长度,
        one.字典,
        one.必填,
        one.source,
      ),
    );
    const has = describeFields().map((one) =>
      row(
        one.transaction,
        one.direction,
        one.node,
        one.field,
        one.label,
        one.type,
        one.length,
        one.coded ? "Y" : "",
        one.required ? "Y" : "",
        one.source,
      ),
    );
    expect(has.filter((one) => !wanted.includes(one))).toEqual([]);
    expect(wanted.filter((one) => !has.includes(one))).toEqual([]);
    expect(has.length).toBe(documented.length);
  });
  test("gives a name of ours to whatever is required, so that nobody else has to spell the national one", () => {
    const nameless = describeFields().filter((one) => one.required && one.name === "");
    expect(nameless.map(({ transaction, field }) => `${transaction} ${field}`)).toEqual(["2204 exp_content"]);
  });
  test("gives each name of a node to one field", () => {
    const named = describeFields()
      .filter(({ name }) => name !== "")
      .map(({ transaction, direction, node, name }) => `${transaction} ${direction} ${node} ${name}`);
    expect(named.filter((one, i) => named.indexOf(one) !== i)).toEqual([]);
  });
  test("names every transaction, and knows which it has", () => {
    expect(transactionNames["2207"]).toBe("门诊结算");
    expect(Object.values(transactionNames).every((name) => /^\p{Script=Han}+$/u.test(name))).toBe(true);
    expect(["2203A", "2304"].every(isTransaction)).toBe(true);
    expect(["5205", "1312", "", "constructor", "__proto__"].some(isTransaction)).toBe(false);
  });
  test("is what FIELDS.md says: npm run fields writes it", () => {
    expect(fieldsWritten()).toBe(fieldsDocument());
  });
});

describe("messages as they are sent", () => {
  test("there is one of each transaction, and together they hold every field of the table", () => {
    expect(captured.map(({ transaction }) => transaction)).toEqual(expect.arrayContaining(served));
    const held = (side: unknown, node: string, field: string) =>
      [(side as Record<string, Tree | Tree[]>)[node]].flat().some((one) => one !== undefined && field in one);
    const missing = describeFields()
      .filter(({ transaction }) => transaction !== "")
      .filter(({ transaction, direction, node, field }) =>
        direction === "in"
          ? !held(inputOf(transaction), node, field)
          : !held(answerOf(transaction).output, node, field),
      );
    expect(missing.map(({ transaction, node, field }) => `${transaction} ${node}.${field}`)).toEqual([]);
  });
  test.each(served)("%s is read and written without loss, both ways", (no) => {
    const request = parseMessage(jsonText(messageOf(no)));
    expect(request.transaction).toBe(no);
    const input = writeInput(no, readInput(no, request.input));
    expect(parseTree(writeMessage({ ...request, input }))).toEqual(messageOf(no));

    const answer = readAnswer(jsonText(answerOf(no)));
    const output = writeOutput(no, readOutput(no, answer.output));
    expect(parseTree(writeAnswer({ ...answer, output }))).toEqual(answerOf(no));
  });
  test("医保码 is asked for and answered without loss, both ways, outside the envelope", () => {
    const asked = jsonText(inputOf("ec.query"));
    expect(parseTree(writeCodeQuery(readCodeQuery(asked)))).toEqual(inputOf("ec.query"));
    const answer = { code: 0, message: "成功", ...(answerOf("ec.query").output as Tree) };
    const read = readCodeAnswer(jsonText(answer));
    if (!("person" in read)) throw new Error(read.refused);
    expect(read.person.ecToken).toBe("130000ecmecib288580f0f1a0a0000e7328251");
    expect(JSON.parse(writeCodeAnswer(read))).toEqual(JSON.parse(jsonText(answer)));
    expect(readCodeAnswer(writeCodeAnswer({ refused: "[code-used] 用过" }))).toEqual({ refused: "[code-used] 用过" });
  });
  test("a refusal is an answer with code −1 and a sentence, as much of it as the field holds", () => {
    const refused = readAnswer(jsonText(answerOf("refused")));
    expect(refused.code).toBe(-1);
    expect(refused.output).toBeNull();
    const long = readAnswer(writeAnswer({ ...refused, message: "😀".repeat(300) }));
    expect(long.message).toBe("😀".repeat(200));
  });
  test("what we use has our words, amounts in fen, prices in millionths, quantities in ten-thousandths", () => {
    const { lines } = readInput("2204", inputOf("2204"));
    expect(lines[0]).toMatchObject({ price: 46_600_000, quantity: 40_000, total: 18_640, batchNo: "SF20251120000001" });
    const { settlement } = readOutput("2304", answerOf("2304").output as Tree);
    expect(settlement).toMatchObject({ total: 1_234_567, pooled: 787_500, pooledShare: 7_500, ageTenths: 670 });
    expect(readInput("2302", inputOf("2302")).requests[0]!.lineNo).toBe(everyLine);
  });
  test("extensions and fields that nobody names are kept as they were", () => {
    const input = readInput("2304", inputOf("2304"));
    expect(input.kept).toEqual({ localinfo: '{"score":1.2345678901234567890,"ok":true}' });
    expect(input.request.kept).toMatchObject({ local_flag: '"A1"', exp_content: '"{\\"渠道\\":\\"窗口\\"}"' });
    const { admission } = readInput("2401", inputOf("2401"));
    expect(admission.kept.tel).toBe('"13900000000"');
  });
});

/** Whatever a field of a node may hold, as our side holds it. */
const arbitraries: Record<Exclude<Kind, "extension" | "tree">, (of: Field) => fc.Arbitrary<unknown>> = {
  text: ({ length }) =>
    fc
      .string({ unit: "grapheme", minLength: 1, maxLength: Math.min(Number(length) || 40, 40) })
      .filter((one) => one.trim() !== "" && [...one].length <= (Number(length) || 40)),
  day: () => fc.constantFrom("2025-11-20", "2024-02-29", "1900-01-01"),
  moment: () => fc.constantFrom("2025-11-20 00:00:00", "2024-02-29 23:59:59"),
  amount: ({ signed }) => fc.integer({ min: signed ? -99_999_999_999 : 0, max: 99_999_999_999 }),
  price: () => fc.integer({ min: 0, max: 999_999_999_999_999 }),
  quantity: ({ signed }) => fc.integer({ min: signed ? -9_999_999_999_999 : 0, max: 9_999_999_999_999 }),
  ratio: () => fc.integer({ min: 0, max: 10_000 }),
  tenths: () => fc.integer({ min: 0, max: 9_999 }),
  hundredths: ({ length, signed }) =>
    fc.integer({ min: signed ? -9_999 : 0, max: length === "4,2" ? 9_999 : 99_999_999_999 }),
  count: ({ length }) => fc.integer({ min: 0, max: 10 ** Number(length) - 1 }),
};
/** Whatever a program may send that we do not know: numbers of any length, nested as it likes. */
const strange = fc.dictionary(
  fc.constantFrom("local_flag", "score", "__proto__", "constructor", "toJSON", "kept", "附加"),
  fc
    .oneof(fc.json({ maxDepth: 2 }), fc.stringMatching(/^-?[1-9]\d{15,30}\.\d{1,20}$/), fc.constant("0.1000"))
    .map((written) => jsonText(parseJson(written))),
);
const objectOf = (node: Node): fc.Arbitrary<Tree> => {
  const named = Object.values(node).filter(({ name }) => name !== "");
  const fields = Object.fromEntries(
    named.map((of) => {
      const value = arbitraries[of.kind as keyof typeof arbitraries](of);
      return [of.name, of.required ? value : fc.option(value)];
    }),
  );
  return fc.record({ ...fields, kept: strange }) as fc.Arbitrary<Tree>;
};
const nodes = Object.entries(transactions as Record<string, { input: Parts; output: Parts }>).flatMap(
  ([no, { input, output }]) =>
    [...Object.entries(input), ...Object.entries(output)].map(([name, { node }]) => [`${no} ${name}`, node] as const),
);

describe("without loss", () => {
  test.each(nodes)("%s: written and read again is the same, whatever it holds", (_, node) => {
    fc.assert(
      fc.property(objectOf(node), (made) => {
        const sent = jsonText(write(node, made as never));
        expect(read(node, parseTree(sent))).toEqual(made);
      }),
      { numRuns: 60 },
    );
  });
  test("a number is the same as text, with or without its zeros, or with an exponent", () => {
    const total = (value: unknown) => readInput("2207", changed("2207", "medfee_sumamt", value)).request.total;
    const same = ["186.4", "186.40", "186.400000", "1.864e2", "1.864E+2", "18640e-2"];
    for (const written of same) {
      expect(total(written)).toBe(18_640);
      expect(total(new LosslessNumber(written))).toBe(18_640);
    }
    expect(total("0")).toBe(0);
    expect(Object.is(total("-0.00"), 0)).toBe(true);
    expect(total("0e-7")).toBe(0);
  });
  test("what is written has all its decimals", () => {
    const written = jsonText(writeInput("2204", readInput("2204", changed("2204", "cnt", "4"))));
    expect(written).toContain('"cnt":4.0000,"pric":46.600000');
    expect(written).toContain('"det_item_fee_sumamt":186.40');
  });
  test("the longest numbers survive to the last digit", () => {
    const { lines } = readInput("2204", changed("2204", "pric", new LosslessNumber("999999999.999999")));
    expect(lines[0]!.price).toBe(999_999_999_999_999);
    expect(jsonText(writeInput("2204", { lines }))).toContain('"pric":999999999.999999');
    const kept = readInput("2207", changed("2207", "score", new LosslessNumber("12345678901234.5678")));
    expect(jsonText(writeInput("2207", kept))).toContain('"score":12345678901234.5678');
  });
  test("one object stands for a list of one, and a list of one for an object", () => {
    const { data } = inputOf("2207");
    expect(readInput("2207", { ...inputOf("2207"), data: [data] })).toEqual(readInput("2207", inputOf("2207")));
    const [line] = inputOf("2204").feedetail as Tree[];
    expect(readInput("2204", { feedetail: line })).toEqual(readInput("2204", { feedetail: [line] }));
    expect(readInput("2402", { dscginfo: inputOf("2402").dscginfo }).diagnoses).toEqual([]);
  });
  test("blank is absent where a field is optional", () => {
    for (const blank of ["", "  ", null, undefined]) {
      expect(readInput("2207", changed("2207", "invono", blank)).request.invoiceNo).toBeNull();
    }
  });
});

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
