import { expect, test } from "vitest";
import { type DaysLook, odditiesOf } from "../../shared/oddities.ts";

const noon = Date.parse("2025-11-20T04:00:00Z");
const look = (facts: Partial<DaysLook> = {}): DaysLook => ({
  no: "a",
  at: noon,
  personNo: null,
  people: null,
  reason: null,
  ...facts,
});
const some = (count: number, of: (i: number) => Partial<DaysLook>) =>
  Array.from({ length: count }, (_, i) => look(of(i)));
const kinds = (looks: readonly DaysLook[]) => odditiesOf(looks).map(({ no, kind, count }) => `${no} ${kind} ${count}`);

test("a hundred people in a day are many, ninety-nine are not, nor one person a hundred times", () => {
  expect(kinds(some(99, (i) => ({ personNo: String(i) })))).toEqual([]);
  expect(kinds(some(100, (i) => ({ personNo: String(i) })))).toEqual(["a many-people 100"]);
  expect(kinds([look({ people: 60 }), look({ people: 60 })])).toEqual([]);
  expect(kinds([look({ people: 60 }), ...some(40, (i) => ({ personNo: String(i) }))])).toEqual(["a many-people 100"]);
});

test("one reason for thirty people, one person ten times", () => {
  expect(kinds(some(29, (i) => ({ personNo: String(i), reason: "入户走访" })))).toEqual([]);
  expect(kinds(some(30, (i) => ({ personNo: String(i), reason: "入户走访" })))).toEqual(["a one-reason 30"]);
  expect(kinds(some(9, () => ({ personNo: "1" })))).toEqual([]);
  expect(kinds(some(10, () => ({ personNo: "1" })))).toEqual(["a one-person 10"]);
});

test("five looks at night in Shanghai, from ten in the evening to six in the morning", () => {
  const at = (time: string) => kinds(some(5, () => ({ at: Date.parse(`2025-11-20T${time}+08:00`) })));
  expect(at("21:59:59")).toEqual([]);
  expect(at("22:00:00")).toEqual(["a at-night 5"]);
  expect(at("05:59:59")).toEqual(["a at-night 5"]);
  expect(at("06:00:00")).toEqual([]);
});

test("those furthest beyond their number come first, each officer by themselves", () => {
  expect(
    kinds([
      ...some(10, () => ({ no: "b", personNo: "1" })),
      ...some(50, () => ({ no: "c", personNo: "2" })),
      ...some(99, (i) => ({ no: "d", personNo: String(i) })),
    ]),
  ).toEqual(["c one-person 50", "b one-person 10"]);
});
