import { describe, expect, test } from "vitest";
import { day } from "../../shared/day.ts";
import { aboutNames, calledBy, type Fact, filledIn, messageWords, noteOf, wording } from "../../shared/messages.ts";
import { type Yuan, yuan } from "../../shared/money.ts";

describe("the words", () => {
  const longest: Record<Fact["about"], Fact> = {
    enrolled: {
      about: "enrolled",
      orderNo: "0",
      benefitYear: 2026,
      amount: yuan("12345.67"),
      coverFrom: day("2026-10-10"),
      waitingMonths: 12,
    },
    refunded: { about: "refunded", refundNo: "0", benefitYear: 2026, amount: yuan("12345.67"), cash: true },
    "cover-starts": { about: "cover-starts", benefitYear: 2026, from: day("2026-10-10"), until: day("2026-12-31") },
    "waiting-ends": { about: "waiting-ends", benefitYear: 2026, from: day("2026-10-10"), until: day("2026-12-31") },
    "window-closing": {
      about: "window-closing",
      benefitYear: 2026,
      until: day("2025-12-31"),
      daysLeft: 30,
      due: yuan("12345.67"),
      stage: 30,
    },
    "consent-asked": { about: "consent-asked", tieNo: "0", asker: calledBy("阿卜杜热西提·阿卜杜拉") },
    "consent-answered": {
      about: "consent-answered",
      tieNo: "0",
      dependant: calledBy("阿卜杜热西提·阿卜杜拉"),
      agreed: false,
    },
    "telephone-changed": { about: "telephone-changed", telephone: "*********78" },
    "telephone-waits": { about: "telephone-waits", telephone: "*********78", changeNo: "0123456789ab" },
    "telephone-stays": { about: "telephone-stays", telephone: "*********78", changeNo: "0123456789ab" },
    "ways-changed": { about: "ways-changed", way: "closed", no: "0" },
    identified: { about: "identified" },
    "claim-settled": { about: "claim-settled", claimNo: "202520251120ABCD" },
    "claim-reversed": { about: "claim-reversed", claimNo: "202520251120ABCD" },
    "code-used": { about: "code-used", useNo: "1763596800000ABCDEFGHJKMNPQRS" },
    "credential-changed": { about: "credential-changed", change: "reissued", version: 1 },
    "credential-case": { about: "credential-case", caseNo: "20251120ABCDEFGHJKMNPQRS", decided: false },
    "dispute-decided": { about: "dispute-decided", disputeNo: "20251120ABCD" },
    filing: { about: "filing", filingNo: "20251120ABCDEFGHJKMNPQRS", change: "returned", version: 3 },
  };

  test.each(aboutNames)("%s fits into one SMS with the longest of everything, and leaves no place empty", (about) => {
    const fact = longest[about];
    const who = calledBy("阿卜杜热西提·阿卜杜拉·买买提");
    const { title, text } = wording(fact, who);
    expect([...`【居民医保演示】${text}`].length).toBeLessThanOrEqual(70);
    for (const one of [title, who, noteOf(fact)]) expect([...one].length).toBeLessThanOrEqual(20);
    expect(text).not.toMatch(/\{\d\}|undefined|null|NaN/);
    const places = [...messageWords[about].template.matchAll(/\{(\d)\}/g)].map((match) => Number(match[1]));
    expect([...places].sort()).toEqual(filledIn(fact, who).map((_, i) => i + 1));
  });

  test("a name is masked, and a long one shortened", () => {
    expect(["王", "王五", "王小明", "阿卜杜热西提·阿卜杜拉"].map(calledBy)).toEqual(["王", "王*", "王*明", "阿**拉"]);
  });

  test("no amount is told where none was paid, and cash is fetched at a counter", () => {
    const refunded = (amount: Yuan, cash: boolean) =>
      wording({ about: "refunded", refundNo: "0", benefitYear: 2026, amount, cash }, "王*").text;
    expect(refunded(yuan("0"), false)).toBe("王*2026年度居民医保的参保已取消，没有要退的钱。");
    expect(refunded(yuan("400"), true)).toContain("400.00元请到服务窗口领取");
  });
});
