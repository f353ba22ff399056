import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { day } from "../../shared/day.ts";
import { made, opens, places } from "../world/opening.ts";
import { refusal, unit } from "../world/world.ts";

opens({ ...places, "370682": "莱阳市" });

describe("officers", () => {
  test("officer outside the area", async () => {
    const call = await made.officer("fushan", "370611", ["progress", "visits", "targets"]);
    const board = await call("progress.board", { params: { unit: "370611001" }, query: { year: "2026" } });
    expect(board.unit.name).toBe("东河镇");
    for (const code of ["370682", "370600"]) {
      expect(await refusal(call("progress.board", { params: { unit: code }, query: { year: "2026" } }))).toBe(
        "outside-area",
      );
      expect(
        await refusal(call("progress.target", { params: { unit: code }, body: { year: 2026, target: "0.95" } })),
      ).toBe("outside-area");
    }
    const abroad = await made.enlist({ village: "370682001201" });
    const visit = { personNo: abroad.personNo, year: 2026, outcome: "away" as const };
    expect(await refusal(call("progress.visit", { body: visit }))).toBe("person-not-found");
    expect(await refusal(call("progress.telephone", { body: { personNo: abroad.personNo, reason: "催缴联系" } }))).toBe(
      "person-not-found",
    );
  });

  test("an officer of a county asks for the fund of the whole pooling area", async () => {
    const days = { from: day("2025-11-01"), until: day("2025-11-20") };
    const county = await made.officer("county-finance", "370611", ["finance"]);
    expect(await refusal(county("ledger.trial-balance", { query: days }))).toBe("outside-area");
    const area = await made.officer("area-finance", "370600", ["finance"]);
    expect((await area("ledger.trial-balance", { query: days })).balanced).toBe(true);
    const tooLong = { from: day("2025-08-01"), until: day("2025-11-20") };
    expect(await refusal(area("ledger.trial-balance", { query: tooLong }))).toBe("malformed");
  });

  test("a role that the officer does not hold", async () => {
    const call = await made.officer("viewer", "370611", ["progress"]);
    expect(await refusal(call("progress.names", { params: { unit: "370611001201" }, query: { year: "2026" } }))).toBe(
      "role-missing",
    );
    expect(
      await refusal(call("progress.target", { params: { unit: "370611001" }, body: { year: 2026, target: "0.95" } })),
    ).toBe("role-missing");
    expect(
      await refusal(call("ledger.trial-balance", { query: { from: day("2025-11-01"), until: day("2025-11-20") } })),
    ).toBe("role-missing");
  });

  test("a token that is expired, forged, of another issuer or for another audience, or of nobody on record", async () => {
    await made.officer("known", "370611", ["progress"]);
    const tried = async (token: Promise<string>) => refusal(made.as(await token)("officers.me"));
    expect(await tried(made.issuer.token("known"))).toBe("");
    expect(await tried(made.issuer.token("known", { expires: "-1h" }))).toBe("session-expired");
    expect(await tried(made.issuer.token("known", { forged: true }))).toBe("not-signed-in");
    expect(await tried(made.issuer.token("known", { issuer: "https://elsewhere.example" }))).toBe("not-signed-in");
    expect(await tried(made.issuer.token("known", { audience: "another" }))).toBe("not-signed-in");
    expect(await tried(made.issuer.token("stranger"))).toBe("not-an-officer");
  });

  test("a resident is no officer, and an officer no resident", async () => {
    const { call } = await made.signIn(await made.enlist());
    expect(await refusal(call("officers.me"))).toBe("not-signed-in");
    const officer = await made.officer("clerk", "370611", ["progress"]);
    expect(await refusal(officer("residents.me"))).toBe("not-signed-in");
  });

  test("a unit does not set its own target", async () => {
    const call = await made.officer("self-target", "370611", ["targets"]);
    expect(
      await refusal(call("progress.target", { params: { unit: "370611" }, body: { year: 2026, target: "0.5" } })),
    ).toBe("own-target");
    await call("progress.target", { params: { unit: "370611001" }, body: { year: 2026, target: "0.9" } });
  });

  test("a whole telephone number needs a reason, and the reason is kept", async () => {
    const person = await made.enlist({ telephone: "13912345678" });
    const call = await made.officer("visitor", "370611001", ["visits"]);
    expect(await refusal(call("progress.telephone", { body: { personNo: person.personNo, reason: "看" } }))).toBe(
      "malformed",
    );
    expect(await call("progress.telephone", { body: { personNo: person.personNo, reason: "催缴联系" } })).toEqual({
      telephone: "13912345678",
    });
    const { Items = [] } = await db.send(new ScanCommand({ TableName: config.auditTable() }));
    expect(Items.filter((item) => item.pk === `PERSON#${person.personNo}`)).toMatchObject([
      { officerNo: "visitor", reason: "催缴联系" },
    ]);
  });

  test("reading a village's names is recorded", async () => {
    await made.enlist({ village: "370611001202" });
    await unit("370611001202", "桃园村");
    const call = await made.officer("cadre", "370611001202", ["visits"]);
    const { people } = await call("progress.names", {
      params: { unit: "370611001202" },
      query: { year: "2026" },
    });
    expect(people).toMatchObject([{ status: "not-yet", due: "400.00", coverFrom: "2026-01-01" }]);
    expect(people[0]?.identityNumber).toMatch(/^\*{16}[\dX]{2}$/);
    const { Items = [] } = await db.send(new ScanCommand({ TableName: config.auditTable() }));
    expect(Items.filter((item) => item.pk === "VILLAGE#370611001202")).toMatchObject([
      { officerNo: "cadre", people: 1 },
    ]);
  });
});
