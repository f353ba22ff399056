import fc from "fast-check";
import { LosslessNumber, parse as parseJson } from "lossless-json";
import { describe, expect, test } from "vitest";
import { jsonText, parseTree, read, write } from "../../shared/gateway/codec.ts";
import type { Field, Kind, Node, Parts, Tree } from "../../shared/gateway/field.ts";
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
import { everyLine, isTransaction, transactionNames, transactions } from "../../shared/gateway/wire.ts";
import { fieldsDocument, fieldsWritten } from "../../tools/wire-fields.ts";
import { answerOf, captured, changed, documented, inputOf, messageOf, served } from "./wire-messages.ts";

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
