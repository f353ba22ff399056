import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  addMonths,
  ageOn,
  day,
  dayInShanghai,
  dayShown,
  daysBetween,
  isDay,
  nextMonth,
} from "../../shared/day.ts";
import {
  part,
  portion,
  rounded,
  share,
  shareText,
  shown,
  text,
  type Unrounded,
  type Yuan,
  yuan,
} from "../../shared/money.ts";
import {
  bornOnOf,
  checkDigit,
  maskName,
  maskNumber,
  normalName,
  readIdentityNumber,
  sexOf,
} from "../../shared/person.ts";

describe("money", () => {
  test("text and fen are the same amount, both ways", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e11 + 1, max: 1e11 - 1 }), (fen) => {
        expect(yuan(text(fen as Yuan))).toBe(fen);
      }),
    );
  });
  test.each(["", "1.234", "01.00", "1,000.00", " 1.00", "1e3", "NaN", "1000000000", "٣.00", "--1", "."])(
    "%j is no amount",
    (written) => {
      expect(() => yuan(written)).toThrow(RangeError);
    },
  );
  test("a product is rounded half up once, as decimal.js does it with forty digits", () => {
    const exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e11 - 1 }), fc.integer({ min: 0, max: 10_000 }), (fen, ratio) => {
        const wanted = new exact(fen).times(ratio).div(10_000).toDecimalPlaces(0).toNumber();
        expect(portion(fen as Yuan, ratio as never)).toBe(wanted);
      }),
      { numRuns: 5000 },
    );
  });
  test("half a fen rounds up, a hair less rounds down", () => {
    expect(rounded(5_000 as Unrounded)).toBe(1);
    expect(rounded(4_999 as Unrounded)).toBe(0);
    expect(part(yuan("0.01"), share("0.5"))).toBe(5_000);
  });
  test("ratios are read and written without loss", () => {
    for (const written of ["0", "0.6", "0.85", "0.1234", "1"]) expect(shareText(share(written))).toBe(written);
    for (const wrong of ["1.1", "-0.1", "0.12345", ".5", "60%"]) expect(() => share(wrong)).toThrow(RangeError);
  });
  test("amounts for people have a sign, thousands and two decimals", () => {
    expect(shown(yuan("1840"))).toBe("¥1,840.00");
    expect(shown(yuan("-1234567.05"))).toBe("−¥1,234,567.05");
    expect(shown(yuan("0.5"))).toBe("¥0.50");
  });
});

describe("days", () => {
  test.each([
    "2025-02-29",
    "2025-02-30",
    "2025-13-01",
    "2025-00-10",
    "2025-04-31",
    "2025-1-1",
    "1700-01-01",
    "20250101",
    "",
  ])("%j is no day", (written) => {
    expect(isDay(written)).toBe(false);
    expect(() => day(written)).toThrow(RangeError);
  });
  test("29 February exists in leap years only, 1900 not among them", () => {
    expect([isDay("2024-02-29"), isDay("2000-02-29"), isDay("1900-02-29")]).toEqual([true, true, false]);
  });
  test("adding days and counting them agree", () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 20_000 }), (days) => {
        const to = addDays(day("2000-01-01"), days);
        expect(daysBetween(day("2000-01-01"), to)).toBe(days);
      }),
    );
  });
  test("a month later is the same date, or the month's last day", () => {
    expect(addMonths(day("2025-01-31"), 1)).toBe("2025-02-28");
    expect(addMonths(day("2024-01-31"), 1)).toBe("2024-02-29");
    expect(addMonths(day("2025-11-30"), 3)).toBe("2026-02-28");
    expect(addMonths(day("2025-10-15"), 3)).toBe("2026-01-15");
  });
  test("the following month starts on its first day, also for the 1st", () => {
    expect(nextMonth(day("2025-11-01"))).toBe("2025-12-01");
    expect(nextMonth(day("2025-12-31"))).toBe("2026-01-01");
  });
  test("age grows on the birthday; one born on 29 February is older on 1 March", () => {
    expect(ageOn(day("1955-01-02"), day("2025-01-01"))).toBe(69);
    expect(ageOn(day("1955-01-02"), day("2025-01-02"))).toBe(70);
    expect(ageOn(day("2004-02-29"), day("2025-02-28"))).toBe(20);
    expect(ageOn(day("2004-02-29"), day("2025-03-01"))).toBe(21);
  });
  test("midnight in Shanghai is four in the afternoon in London", () => {
    expect(dayInShanghai(Date.parse("2025-12-31T15:59:59.999Z"))).toBe("2025-12-31");
    expect(dayInShanghai(Date.parse("2025-12-31T16:00:00Z"))).toBe("2026-01-01");
    expect(dayShown(day("2026-01-01"))).toBe("2026年1月1日");
  });
});

describe("names and identity numbers", () => {
  test("the check digit of GB 11643: the standard's own examples", () => {
    expect(checkDigit("11010519491231002")).toBe("X");
    expect(checkDigit("44052418800101001")).toBe("4");
  });
  test("bad check digit: every single wrong digit is found", () => {
    const good = "11010519491231002X";
    expect(readIdentityNumber(good).ok).toBe(true);
    for (let place = 0; place < 17; place++) {
      for (const digit of "0123456789") {
        if (good[place] === digit) continue;
        const typed = good.slice(0, place) + digit + good.slice(place + 1);
        expect(readIdentityNumber(typed).ok, typed).toBe(false);
      }
    }
  });
  test("a small x, spaces and a full-width X are the same number", () => {
    for (const typed of ["11010519491231002x", " 110105 19491231 002X ", "11010519491231002Ｘ"]) {
      expect(readIdentityNumber(typed)).toEqual({ ok: true, number: "11010519491231002X" });
    }
  });
  test("what is wrong is said: the length, the birthday, the check digit", () => {
    expect(readIdentityNumber("1101051949")).toEqual({ ok: false, why: "length" });
    expect(readIdentityNumber(`11010519490230002${checkDigit("11010519490230002")}`)).toEqual({
      ok: false,
      why: "birthday",
    });
    expect(readIdentityNumber("110105194912310021")).toEqual({ ok: false, why: "check-digit" });
  });
  test("birthday and sex are in the number", () => {
    const read = readIdentityNumber("11010519491231002X");
    if (!read.ok) throw new Error("the example is good");
    expect([bornOnOf(read.number), sexOf(read.number)]).toEqual(["1949-12-31", "female"]);
  });
  test("names with · are the same whatever dot was typed", () => {
    const wanted = normalName("阿依古丽·买买提");
    for (const typed of [
      "阿依古丽•买买提",
      "阿依古丽.买买提",
      "阿依古丽・买买提",
      " 阿依古丽 · 买买提",
      "阿依古丽．买买提",
    ]) {
      expect(normalName(typed)).toBe(wanted);
    }
    expect(normalName("阿依古丽买买提")).not.toBe(wanted);
  });
  test("rare characters are whole characters: 䶮 from an old device, 㛃, and one beyond the first plane", () => {
    expect(normalName("\uE863晓东")).toBe(normalName("䶮晓东"));
    expect(maskName("㛃芸")).toBe("㛃*");
    expect(maskName("𬀩文远")).toBe("𬀩*远");
  });
  test("masks show no more than they must", () => {
    expect(maskName("张三丰")).toBe("张*丰");
    expect(maskName("阿依古丽·买买提")).toBe("阿******提");
    expect(maskNumber("11010519491231002X")).toBe("****************2X");
    expect(maskNumber("19900000001")).toBe("*********01");
  });
});
