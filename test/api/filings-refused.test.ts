import { describe, expect, test } from "vitest";
import { wholeYear } from "../../local/county/people.ts";
import { type Day, day } from "../../shared/day.ts";
import { made, today } from "../world/opening.ts";
import { refusal } from "../world/world.ts";
import {
  beijing,
  chen,
  decide,
  draft,
  end,
  file,
  liu,
  look,
  nanchang,
  nothing,
  opensFilings,
  promise,
  shanghai,
  someone,
  submit,
  withPaper,
  yantai,
} from "./filing-steps.ts";

opensFilings();

/** What a refusal says, whole. */
const said = async (call: Promise<unknown>): Promise<{ code: string; message: string }> =>
  call.then(
    () => ({ code: "", message: "" }),
    ({ code, message }) => ({ code, message }),
  );

describe("refused well", () => {
  test("Destination inside the area", async () => {
    const { call } = await someone();
    for (const destination of [nanchang, "360700"]) {
      // 赣州 is in 江西, where nobody has to file.
      expect(await said(draft(call, { destination }))).toMatchObject({
        code: "filing-not-needed",
        message: expect.stringContaining("不用备案"),
      });
    }
    expect(await refusal(draft(call, { destination: "999900" }))).toBe("destination-unknown");
    expect(await refusal(draft(call, { kind: "emergency" }))).toBe("filing-emergency");
    expect((await draft(call, { destination: yantai })).state).toBe("draft");
  });
  test("dates backwards or long past", async () => {
    const { call } = await someone();
    for (const from of ["2025-08-21", "2024-11-20", "2025-12-21", "2099-01-01"]) {
      expect(await said(draft(call, { kind: "temporary", from }))).toEqual({
        code: "filing-dates",
        message: "开始日期不对，请重新选择。（可以选2025年8月22日到2025年12月20日）",
      });
    }
    const body = { requestNo: "filing-day-1", kind: "temporary", destination: yantai, from: "2025-02-30" };
    expect(await refusal(call("filings.draft", { query: {}, body: body as never }))).toBe("malformed");
    expect((await draft(call, { kind: "temporary", from: "2025-08-22" })).late).toBe(true);
  });
  test("not enrolled, in waiting (told what applies)", async () => {
    const none = await someone({ coverBefore: [] });
    expect(await refusal(draft(none.call))).toBe("not-enrolled");
    const cover = { benefitYear: 2025, coverFrom: day("2025-12-11"), coverUntil: day("2025-12-31") };
    const waits = await someone({ coverBefore: [cover] });
    const refused = await said(draft(waits.call, { kind: "temporary" }));
    expect(refused.message).toContain("2025年12月11日");
    expect(["in-waiting", "cover-not-begun"]).toContain(refused.code);
    // From the day on which cover begins it can be filed for.
    expect((await draft(waits.call, { kind: "temporary", from: "2025-12-11" })).state).toBe("draft");
    const options = await waits.call("filings.options", { query: {} });
    expect(options.cover).toMatchObject({ from: "2025-12-11" });
    expect(await refusal(draft((await someone({ coverBefore: [], employeeCovered: true })).call))).toBe(
      "covered-as-employee",
    );
  });
  test("a second overlapping long-term filing", async () => {
    const { person, call } = await someone();
    await file(call, { kind: "working-elsewhere", destination: shanghai }, promise(person.name));
    expect(await said(draft(call, { kind: "living-elsewhere", destination: yantai }))).toEqual({
      code: "filing-long-stands",
      message: "已经有一个长期备案，不能再办一个；要换地方请点“变更”。（上海市，常驻异地工作，到2026年5月19日）",
    });
    // A short trip to where the long one stands is in it; one to somewhere else stands beside it, and says so.
    expect(await refusal(draft(call, { kind: "temporary", destination: shanghai }))).toBe("filing-stands");
    const beside = await draft(call, { kind: "temporary", destination: beijing });
    expect(beside.needs?.beside).toEqual(["上海市（常驻异地工作）照常有效"]);
    await submit(call, beside, nothing);
    expect(await refusal(draft(call, { kind: "temporary", destination: beijing }))).toBe("filing-stands");
  });
  test("two drafts that overlap: the second to be submitted is refused", async () => {
    const { person, call } = await someone();
    const one = await draft(call, { kind: "working-elsewhere", destination: shanghai });
    const other = await draft(call, { kind: "living-elsewhere", destination: yantai });
    const [a, b] = await Promise.all([
      refusal(submit(call, one, promise(person.name))),
      refusal(submit(call, other, promise(person.name))),
    ]);
    expect([a, b].sort()).toEqual(["", "filing-long-stands"]);
  });
  test("a change within the lock", async () => {
    const { person, call } = await someone({ coverBefore: [2025, 2026].map(wholeYear) });
    const filing = await file(call, {}, promise(person.name));
    made.turn("2026-05-19");
    const wish = { kind: "living-elsewhere" as const, destination: shanghai, from: "2026-05-19" };
    expect(await said(draft(call, { ...wish, replaces: filing.filingNo }))).toEqual({
      code: "filing-locked",
      message: "长期备案生效不久，现在还不能变更或结束。（2026年5月20日起可以）",
    });
    expect(await refusal(end(call, filing))).toBe("filing-locked");
    // A change begins on the day on which it is made.
    const { attachmentNos } = await withPaper(call);
    await call("filings.supply", { params: { filingNo: filing.filingNo }, query: {}, body: { attachmentNos } });
    await decide(chen!, person, filing, { what: "approve" });
    made.turn("2026-05-20");
    expect(await refusal(draft(call, { ...wish, from: "2026-05-21", replaces: filing.filingNo }))).toBe("filing-dates");
    expect(
      await refusal(draft(call, { ...wish, from: "2026-05-20", kind: "temporary", replaces: filing.filingNo })),
    ).toBe("filing-state");
  });
  test("another person's filing", async () => {
    const [one, other] = [await someone(), await someone()];
    const filing = await draft(one.call);
    const params = { filingNo: filing.filingNo };
    const evidence = { ...promise(other.person.name), version: filing.version };
    for (const tried of [
      () => look(other.call, filing),
      () => end(other.call, filing),
      () => other.call("filings.submit", { params, query: {}, body: evidence }),
      () => other.call("filings.supply", { params, query: {}, body: { attachmentNos: ["20251120ABCDEFGHJKMNPQRS"] } }),
    ]) {
      expect(await refusal(tried())).toBe("not-found");
    }
    const elsewhere = await made.officer("yantai", yantai, ["filings"]);
    const shown = elsewhere("filings-agency.one", { params: { personNo: one.person.personNo, ...params } });
    expect(await refusal(shown)).toBe("not-found");
    expect(await refusal(elsewhere("filings-agency.list", { query: { unit: nanchang } }))).toBe("outside-area");
    // Papers of somebody else do not count.
    const { attachmentNos } = await withPaper(other.call);
    const mine = await draft(one.call, { kind: "referral" });
    expect(await refusal(submit(one.call, mine, { attachmentNos, commitment: null }))).toBe("not-found");
  });
  test("two officers at once", async () => {
    const { person, call } = await someone();
    const filing = await file(call, { kind: "referral" }, await withPaper(call));
    const { version } = filing;
    const refused = { what: "refuse" as const, reason: "转诊单不是本人的" };
    const tried = await Promise.all([
      refusal(decide(chen!, person, filing, { what: "approve" }, version)),
      refusal(decide(liu!, person, filing, refused, version)),
    ]);
    expect(tried.filter((code) => code === "")).toHaveLength(1);
    expect(tried.find((code) => code !== "")).toMatch(/^(try-again|filing-state)$/);
    const { history } = await look(call, filing);
    expect(history).toHaveLength(2);
    // Who decided and presses once more is answered; what a stale page asks for is not done.
    const first = tried[0] === "" ? chen! : liu!;
    const same = tried[0] === "" ? { what: "approve" as const } : refused;
    expect(await refusal(decide(first, person, filing, same, version))).toBe("");
    expect(await refusal(decide(first, person, filing, { what: "revoke", reason: "资料不真实" }, version))).not.toBe(
      "",
    );
  });
  test("submitting twice", async () => {
    const { person, call } = await someone();
    const requestNo = "filing-twice-1";
    const [one, again] = await Promise.all([draft(call, { requestNo }), draft(call, { requestNo })]);
    expect(again.filingNo).toBe(one.filingNo);
    expect(await refusal(draft(call, { requestNo, destination: shanghai }))).toBe("request-reused");
    const evidence = promise(person.name);
    const told = await Promise.all([submit(call, one, evidence), submit(call, one, evidence)]);
    expect(told.map(({ state }) => state)).toEqual(["awaiting-proof", "awaiting-proof"]);
    expect((await submit(call, one, evidence)).history).toHaveLength(1);
    expect((await call("filings.mine", { query: {} })).filings).toHaveLength(1);
  });
  test("a signature that is not one's own, an old commitment, a commitment where none is taken, no paper", async () => {
    const { person, call } = await someone();
    const filing = await draft(call);
    expect(await refusal(submit(call, filing, promise("李四")))).toBe("filing-signature");
    const old = { ...promise(person.name), commitment: { version: "2020-01", signedName: person.name } };
    expect(await refusal(submit(call, filing, old))).toBe("try-again");
    expect(await refusal(submit(call, filing, nothing))).toBe("filing-paper-needed");
    const referral = await draft(call, { kind: "referral" });
    expect(await refusal(submit(call, referral, promise(person.name)))).toBe("filing-commitment");
    expect((await look(call, filing)).state).toBe("draft");
  });
  test("an agent without consent, with another's code, for somebody of another village", async () => {
    const { person } = await someone();
    const cadre = await made.officer("cadre", "360102001201", ["visits"]);
    const body = (more: object) => ({
      requestNo: `agent-${Math.random().toString(36).slice(2)}`,
      identityNumber: person.identityNumber,
      name: person.name,
      ...promise(person.name),
      kind: "working-elsewhere" as const,
      destination: yantai,
      from: today as Day,
      ...more,
    });
    const asked = (more: object) => refusal(cadre("filings-agency.file", { body: body(more) as never }));
    expect(await asked({})).toBe("malformed");
    expect(await asked({ consent: { by: "code", code: "123456" } })).toBe("code-used-up");
    expect(await asked({ consent: { by: "paper", attachmentNo: "20251120ABCDEFGHJKMNPQRS" } })).toBe("not-found");
    const consenting = { params: { personNo: person.personNo }, body: { destination: yantai } };
    await cadre("filings-agency.consent", consenting);
    const code = made.codeSentTo(person.telephone!);
    const wrong = code === "000000" ? "000001" : "000000";
    expect(await asked({ consent: { by: "code", code: wrong } })).toBe("code-wrong");
    expect(await asked({ consent: { by: "code", code }, name: "李四" })).toBe("name-mismatch");
    const other = await made.officer("other", "360102001202", ["visits"]);
    expect(await refusal(other("filings-agency.consent", consenting))).toBe("person-not-found");
    // What was refused used nothing up.
    expect(await asked({ consent: { by: "code", code } })).toBe("");
  });
  test("an agent's code for another place than the message said, and in another agent's hands", async () => {
    const { person } = await someone();
    const [cadre, other] = await Promise.all(
      ["cadre-one", "cadre-two"].map((name) => made.officer(name, "360102001201", ["visits"])),
    );
    const params = { personNo: person.personNo };
    await cadre!("filings-agency.consent", { params, body: { destination: yantai } });
    const code = made.codeSentTo(person.telephone!);
    expect(made.textsTo(person.telephone!)[0]).toContain("cadre-one要替您办理到山东省烟台市的异地就医备案");
    const asked = (by: typeof cadre, destination: string) =>
      refusal(
        by!("filings-agency.file", {
          body: {
            requestNo: `agent-${Math.random().toString(36).slice(2)}`,
            identityNumber: person.identityNumber,
            name: person.name,
            ...promise(person.name),
            kind: "working-elsewhere",
            destination,
            from: today as Day,
            consent: { by: "code", code },
          },
        }),
      );
    expect(await asked(cadre, shanghai)).toBe("code-used-up");
    expect(await asked(other, yantai)).toBe("code-used-up");
    expect(await asked(cadre, yantai)).toBe("");
  });
});
