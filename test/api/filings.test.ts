import { describe, expect, test } from "vitest";
import { moveTie } from "../../functions/family/store.ts";
import { handler as expireFilings } from "../../functions/filings/expire.ts";
import { wholeYear } from "../../local/county/people.ts";
import { day } from "../../shared/day.ts";
import { consumed } from "../world/books.ts";
import { made, opensHospitals, today } from "../world/opening.ts";
import { offerFor, paper, postForm } from "./attachment-steps.ts";
import {
  beijing,
  chen,
  decide,
  draft,
  end,
  file,
  look,
  nanchang,
  nothing,
  opensFilings,
  promise,
  proven,
  shanghai,
  someone,
  southerner,
  submit,
  telephone,
  withPaper,
  yantai,
} from "./filing-steps.ts";

opensFilings(opensHospitals);

describe("filing", () => {
  test("by commitment a migrant worker's filing is in force at once, until its paper is looked at", async () => {
    const { person, call } = await someone();
    const filing = await file(call, {}, promise(person.name));
    expect(filing).toMatchObject({
      state: "awaiting-proof",
      until: null,
      proofBy: "2026-05-19",
      commitment: true,
      may: ["supply"],
      lockedUntil: "2026-05-20",
    });
    const { attachmentNos } = await withPaper(call);
    const supplied = await call("filings.supply", {
      params: { filingNo: filing.filingNo },
      query: {},
      body: { attachmentNos },
    });
    expect(supplied).toMatchObject({ state: "awaiting-proof", proofGiven: true, dueOn: "2025-11-25", may: [] });
    const { filings } = await chen("filings-agency.list", { query: { unit: nanchang } });
    expect(filings.find((one) => one.filingNo === filing.filingNo)).toMatchObject({ waits: "proof", own: false });
    expect(await decide(chen, person, filing, { what: "return", mend: ["合同要拍到公章"] })).toMatchObject({
      state: "awaiting-proof",
      proofGiven: false,
      mend: ["合同要拍到公章"],
      proofBy: "2026-05-19",
    });
    const again = await withPaper(call);
    const params = { filingNo: filing.filingNo };
    await call("filings.supply", { params, query: {}, body: { attachmentNos: again.attachmentNos } });
    expect(await decide(chen, person, filing, { what: "approve" })).toMatchObject({
      state: "in-force",
      proofBy: null,
      until: null,
    });
  });
  test("what asks for no paper is in force at once, for six months, as often as one likes", async () => {
    const { call } = await someone();
    const filing = await file(call, { kind: "temporary", destination: shanghai }, nothing);
    expect(filing).toMatchObject({ state: "in-force", from: today, until: "2026-05-19", may: ["end"] });
  });
  test("with a paper it goes to an officer with a promised date; he returns one list, it is mended and agreed", async () => {
    const { person, call } = await someone();
    const filing = await file(call, { kind: "referral" }, await withPaper(call));
    expect(filing).toMatchObject({ state: "submitted", dueOn: "2025-11-25", may: ["withdraw"] });
    const mend = ["转诊单没有盖章", "照片看不清日期"];
    const returned = await decide(chen, person, filing, { what: "return", mend });
    expect(returned).toMatchObject({ state: "returned", mend });
    expect(await look(call, filing)).toMatchObject({
      state: "returned",
      mend,
      needs: { papers: [{ paper: "referral-letter" }], commitment: { accepted: false } },
    });
    const { version, filingNo } = await look(call, filing);
    const body = { kind: "referral" as const, destination: shanghai, from: day("2025-11-18"), replaces: null, version };
    const mended = await call("filings.rewrite", { params: { filingNo }, query: {}, body });
    expect(mended).toMatchObject({ state: "returned", destination: { name: "上海市" }, late: true });
    expect((await submit(call, mended, await withPaper(call))).state).toBe("submitted");
    expect(await decide(chen, person, filing, { what: "approve" })).toMatchObject({
      state: "in-force",
      from: "2025-11-18",
      until: "2026-05-17",
    });
    const { history } = await look(call, filing);
    expect(history.map(({ event, by, name }) => [event, by, name])).toEqual([
      ["submit", "self", null],
      ["return", "officer", null],
      ["submit", "self", null],
      ["approve", "officer", null],
    ]);
  });
  test("a filing that is refused says why; a new one can be filed", async () => {
    const { person, call } = await someone();
    const filing = await file(call, { kind: "referral" }, await withPaper(call));
    await decide(chen, person, filing, { what: "refuse", reason: "转诊单是别人的" });
    expect(await look(call, filing)).toMatchObject({ state: "refused", reason: "转诊单是别人的", may: [] });
    expect((await file(call, { kind: "temporary" }, nothing)).state).toBe("in-force");
  });
  test("after its lock a long-term filing is changed: the new one begins on the day after the old one's last", async () => {
    made.turn(today);
    const person = await southerner(made, { coverBefore: [2025, 2026].map(wholeYear) });
    const call = await proven(made, person);
    const old = await file(call, { kind: "living-elsewhere" }, promise(person.name));
    made.turn("2026-05-10");
    const { attachmentNos } = await withPaper(call);
    await call("filings.supply", { params: { filingNo: old.filingNo }, query: {}, body: { attachmentNos } });
    await decide(chen, person, old, { what: "approve" });
    made.turn("2026-05-20");
    expect((await look(call, old)).may).toEqual(["change", "end"]);
    const wish = {
      kind: "working-elsewhere",
      destination: shanghai,
      from: "2026-05-20",
      replaces: old.filingNo,
    } as const;
    const filing = await submit(call, await draft(call, wish), promise(person.name));
    expect(filing).toMatchObject({ state: "awaiting-proof", from: "2026-05-20", replaces: old.filingNo });
    expect(await look(call, old)).toMatchObject({
      state: "changed",
      until: "2026-05-19",
      replacedBy: filing.filingNo,
      may: [],
    });
  });
  test("a dependant's filing is made by his guardian, who signs with his own name; the dependant is told and sees it", async () => {
    const guardian = await someone();
    const old = await someone();
    const { tieNo } = await guardian.call("family.ask", {
      body: {
        requestNo: "filing-family-1",
        name: old.person.name,
        identityNumber: old.person.identityNumber,
        relationship: "parent",
      } as never,
    });
    await moveTie(tieNo, "agree", { by: "counter", officerNo: "chen", reason: "identity-card" } as never);
    const filing = await file(guardian.call, { kind: "living-elsewhere", tie: tieNo }, promise(guardian.person.name));
    expect(filing).toMatchObject({ state: "awaiting-proof", tieNo });
    expect((await old.call("filings.mine", { query: {} })).filings[0]).toMatchObject({
      filingNo: filing.filingNo,
      tieNo: null,
      history: [{ event: "take-effect-on-commitment", by: "guardian" }],
    });
    const { looks } = await old.call("claims.looks");
    expect(looks.map(({ call }) => call)).toContain("filings.submit");
  });
  test("a cadre files for somebody who reads out a code; the person is told, and another officer decides", async () => {
    const { person, call } = await someone();
    const cadre = await made.officer("cadre", "360102001201", ["visits", "filings"]);
    const { telephone: to } = await cadre("filings-agency.consent", {
      params: { personNo: person.personNo },
      body: { destination: yantai },
    });
    expect(to).toMatch(/^\*{9}\d{2}$/);
    expect(made.textsTo(person.telephone!)[0]).toContain("cadre要替您办理到山东省烟台市的异地就医备案");
    const body = {
      requestNo: "cadre-files-1",
      identityNumber: person.identityNumber,
      name: person.name,
      consent: { by: "code" as const, code: made.codeSentTo(person.telephone!) },
      kind: "working-elsewhere" as const,
      destination: yantai,
      from: day(today),
      ...promise(person.name),
    };
    const filing = await cadre("filings-agency.file", { body });
    expect(filing).toMatchObject({ state: "awaiting-proof", own: true, agent: { name: "cadre", consent: "code" } });
    // The same request again is the same filing; the code is used up.
    expect((await cadre("filings-agency.file", { body })).filingNo).toBe(filing.filingNo);
    const other = { ...body, requestNo: "cadre-files-2", destination: shanghai };
    await expect(cadre("filings-agency.file", { body: other })).rejects.toMatchObject({ code: "filing-long-stands" });
    const { filings } = await call("filings.mine", { query: {} });
    expect(filings[0]!.history[0]).toMatchObject({ by: "agent", name: "cadre" });
    await expect(decide(cadre, person, filing, { what: "revoke", reason: "自己撤销自己的" })).rejects.toMatchObject({
      code: "filing-own",
    });
  });
  test("a cadre files anew for somebody whose papers an officer returned; what was returned gives way to it", async () => {
    const { person } = await someone();
    const cadre = await made.officer("cadre-two", "360102001201", ["visits"]);
    const { personNo, identityNumber, name } = person;
    const paperFor = async (purpose: "filing-paper" | "filing-consent") => {
      const place = await cadre("attachments-agency.offer", { body: { ...offerFor(paper(), { purpose }), personNo } });
      await postForm(place, paper());
      const { attachmentNo } = place;
      await cadre("attachments-agency.receive", { params: { attachmentNo } });
      return attachmentNo;
    };
    const asked = async (requestNo: string) => ({
      requestNo,
      identityNumber,
      name,
      kind: "referral" as const,
      destination: yantai,
      from: day(today),
      consent: { by: "paper" as const, attachmentNo: await paperFor("filing-consent") },
      attachmentNos: [await paperFor("filing-paper")],
      commitment: null,
    });
    const first = await cadre("filings-agency.file", { body: await asked("cadre-paper-1") });
    expect(first).toMatchObject({ state: "submitted", agent: { consent: "paper" } });
    await decide(chen, person, first, { what: "return", mend: ["照片看不清"] });
    const second = await cadre("filings-agency.file", { body: await asked("cadre-paper-2") });
    expect(second.state).toBe("submitted");
    const params = { personNo, filingNo: first.filingNo };
    const { filing, others } = await chen("filings-agency.one", { params });
    expect(filing).toMatchObject({ state: "ended" });
    expect(filing.history.map(({ event }) => event)).toEqual(["submit", "return", "withdraw"]);
    expect(others.map(({ filingNo }) => filingNo)).toEqual([second.filingNo]);
  });
  test("what runs out is over on the day after, written or not, and the sweep writes it once", async () => {
    const { call } = await someone();
    const filing = await file(call, { kind: "temporary", destination: beijing }, nothing);
    made.turn("2026-05-19");
    expect((await look(call, filing)).state).toBe("in-force");
    made.turn("2026-05-20");
    expect((await look(call, filing)).state).toBe("expired");
    await expect(end(call, filing)).rejects.toMatchObject({ code: "filing-state" });
    expect((await expireFilings()).expired).toBeGreaterThan(0);
    expect((await expireFilings()).expired).toBe(0);
    expect(await look(call, filing)).toMatchObject({ state: "expired", until: "2026-05-19" });
  });
  test("a commitment whose paper does not come ends its filing; one whose paper waits for us does not", async () => {
    const [late, waiting] = [await someone(), await someone()];
    const one = await file(late.call, {}, promise(late.person.name));
    const other = await file(waiting.call, {}, promise(waiting.person.name));
    made.turn("2026-05-19");
    const { attachmentNos } = await withPaper(waiting.call);
    const params = { filingNo: other.filingNo };
    await waiting.call("filings.supply", { params, query: {}, body: { attachmentNos } });
    made.turn("2026-05-20");
    await expireFilings();
    expect(await look(late.call, one)).toMatchObject({ state: "expired", until: "2026-05-19" });
    expect(await look(waiting.call, other)).toMatchObject({ state: "awaiting-proof", proofGiven: true });
  });
  test("officers agree to many at once; where people go is counted by destination and kind", async () => {
    const people = [await someone(), await someone(), await someone()];
    const filings = [];
    for (const { person, call } of people) {
      const filed = await file(call, { kind: "referral", destination: beijing }, await withPaper(call));
      filings.push({ personNo: person.personNo, filingNo: filed.filingNo, version: filed.version });
    }
    filings[1] = { ...filings[1]!, version: 99 };
    const { results } = await chen("filings-agency.approve-many", { body: { filings } });
    expect(results.map(({ state }) => state)).toEqual(["in-force", null, "in-force"]);
    expect(results[1]!.message).not.toBe("");
    const counted = async () =>
      (await chen("filings-agency.where", { query: { unit: "360102001201" } })).destinations.find(
        ({ destination }) => destination.code === beijing,
      );
    await consumed();
    expect(await counted()).toMatchObject({
      destination: { name: "北京市" },
      province: "北京市",
      referral: 2,
      longTerm: 0,
    });
  });
  test("networked hospitals at a destination, by name, level and service", async () => {
    const list = (query: object) =>
      made.anyone("hospitals.list", { query: { destination: yantai, ...query } as never });
    const all = await list({});
    expect(all.hospitals.map(({ name }) => name)).toContain("烟台市演示中心医院");
    // Suspended, applied for, and pharmacies.
    expect(all.hospitals.some(({ name }) => /康宁|口腔|药/.test(name))).toBe(false);
    expect((await list({ level: "tertiary" })).hospitals.map(({ name }) => name)).toEqual(["烟台市演示中心医院"]);
    expect((await list({ q: "中医" })).hospitals.map(({ name }) => name)).toEqual(["福山区演示中医院"]);
    expect((await list({ service: "inpatient", q: "卫生室" })).hospitals).toEqual([]);
    expect((await list({ destination: beijing })).hospitals).toHaveLength(1);
    expect((await list({ destination: "620200" })).hospitals).toEqual([]);
  });
  test("options tell who can file for what, in the area's own rules with their articles", async () => {
    const { call } = await someone();
    const options = await call("filings.options", { query: {} });
    expect(options.home.name).toBe("南昌市");
    expect(options.kinds.find(({ kind }) => kind === "working-elsewhere")).toMatchObject({
      papers: [{ paper: "work-contract" }],
      commitment: { accepted: true, proofWithinMonths: 6 },
      months: null,
    });
    expect(options.exempt).toContain("in-province");
    expect(options.rules.find(({ name }) => name === "不用备案的地方")).toMatchObject({ standing: "stated" });
    expect(telephone()).toMatch(/^1370/);
  });
});
