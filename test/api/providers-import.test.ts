import { beforeAll, describe, expect, test } from "vitest";
import { providerOf } from "../../functions/providers/store.ts";
import type { Call } from "../../shared/api/client.ts";
import { type Day, day } from "../../shared/day.ts";
import { importHeading, inForceOn, levelsOn } from "../../shared/provider/provider.ts";
import { refusal } from "../world/world.ts";
import { at, newCode, register, said } from "./provider-steps.ts";

let [one, two, city, township]: Call[] = [];
beforeAll(async () => {
  ({ one, two, city, township } = await register());
});

describe("import of a register", () => {
  const heading = importHeading.join();
  const row = (code: string, ...changes: readonly (readonly [column: number, text: string])[]) => {
    const cells = [code, "演示卫生院", "公立", "否", "一级乙等", "乡镇卫生院", "乡镇卫生院", "普通门诊、住院"];
    cells.push("东河镇演示街5号", "0535-1234567", "2025-01-01", "2025-12-31");
    for (const [column, text] of changes) cells[column] = text;
    return cells.join();
  };
  const taken = (csv: string, call = one!) => call("providers.import", { body: { csv, reason: "接管名册" } });

  test("good rows are taken over as they are, the same file again changes nothing", async () => {
    const [a, b] = [newCode(), newCode("P")];
    const pharmacy = row(b, [4, "无等级"], [7, "药店购药"]);
    const file = `\ufeff${heading}\r\n${`${row(a)}\r\n`.repeat(5)}${pharmacy}\r\n\r\n${row(a)}\r\n`;
    expect(await taken(file)).toEqual({ added: 2, unchanged: 5, faults: [] });
    expect(await taken(file)).toEqual({ added: 0, unchanged: 7, faults: [] });
    expect((await providerOf(a)).version).toBe(1);
    expect(inForceOn(await providerOf(a), day("2025-11-20"))).toBe(false);
    const own = { from: day("2025-01-01"), until: day("2025-12-31") };
    const accept = (period: { from: Day; until: Day }) =>
      two!("providers.decide", { ...at(a), body: { approve: true as const, ...period, ...said(1, "与原协议一致") } });
    expect(await refusal(accept({ ...own, from: day("2024-01-01") }))).toBe("agreement-period");
    await accept(own);
    const provider = await providerOf(a);
    expect(inForceOn(provider, day("2025-01-01"))).toBe(true);
    expect(levelsOn(provider, day("2025-01-01"))).toMatchObject({ real: "09", deductible: "township" });
    expect((await one!("providers.one", at(a))).history).toMatchObject([
      { event: "approve", reason: "与原协议一致" },
      { event: "takeover", reason: "接管名册" },
    ]);
  });

  test("an import that pays", async () => {
    const code = newCode();
    expect(await taken(`${heading}\n${row(code)}`)).toMatchObject({ added: 1 });
    const own = { from: day("2025-01-01"), until: day("2025-12-31") };
    const decision = { ...at(code), body: { approve: true as const, ...own, ...said(1) } };
    const wish = (version: number) => ({ ...at(code), body: { algorithm: "HMAC-SM3" as const, ...said(version) } });
    expect(await refusal(one!("providers.key", wish(1)))).toBe("same-hand");
    expect(await refusal(two!("providers.key", wish(1)))).toBe("agreement-state");
    expect(await refusal(one!("providers.decide", decision))).toBe("same-hand");
    expect(
      await refusal(
        taken(`${heading}\n${row(code)}`).then(() => one!("providers.resume", { ...at(code), body: said(1) })),
      ),
    ).toBe("agreement-state");
    expect(inForceOn(await providerOf(code), day("2025-11-20"))).toBe(false);
    // Another hand decides, and neither of the two gives it its key.
    await two!("providers.decide", decision);
    expect(await refusal(one!("providers.key", wish(2)))).toBe("same-hand");
    expect(await refusal(two!("providers.key", wish(2)))).toBe("same-hand");
    expect((await city!("providers.key", wish(2))).secret).toMatch(/^[0-9a-f]{64}$/);
  });

  test("what cannot be taken is told by its line, and the rest is taken", async () => {
    const [good, tertiary] = [newCode(), newCode()];
    const lines = [
      heading,
      row(good),
      row("H370611"),
      row(newCode("H", "370682")),
      row(tertiary, [4, "三级甲等"]),
      row(newCode(), [4, "特级"]),
      row(newCode(), [7, "药店购药"]),
      row(newCode(), [10, "2025-12-01"]),
      row(newCode(), [11, "2025-11-19"]),
      row(newCode(), [10, "2025-02-30"]),
      row(newCode(), [9, "电话见门口"]),
      "一,二,三",
      row(good, [1, "另一个名字"]),
    ];
    const { added, unchanged, faults } = await taken(lines.join("\n"));
    expect([added, unchanged]).toEqual([1, 0]);
    expect(faults.map(({ line, code }) => [line, code])).toEqual([
      [3, "provider-code"],
      [4, "outside-area"],
      [5, "review-level"],
      [6, "malformed"],
      [7, "provider-facts"],
      [8, "agreement-period"],
      [9, "agreement-period"],
      [10, "malformed"],
      [11, "malformed"],
      [12, "malformed"],
      [13, "provider-exists"],
    ]);
    for (const { message } of faults) expect(message).toMatch(/[\u4e00-\u9fff]/);
    expect(await taken(`${heading}\n${row(tertiary, [4, "三级甲等"])}`, city!)).toMatchObject({ added: 1 });
  });

  test("another heading, a quotation mark that is left open, and a file beyond 90 kB take nothing", async () => {
    expect(await refusal(taken(`编码,名称\n${row(newCode())}`))).toBe("import-heading");
    expect(await refusal(taken(`${heading}\n"${row(newCode())}`))).toBe("malformed");
    expect(await refusal(taken(`${heading}\n${"x".repeat(90_000)}`))).toBe("malformed");
    expect(await refusal(taken(heading, township!))).toBe("outside-area");
  });
});
