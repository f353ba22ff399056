import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TwoHanded } from "../../functions/proposal.ts";
import type { Endpoint } from "../../shared/api/endpoint.ts";
import { endpoints } from "../../shared/api/endpoints.ts";
import { day } from "../../shared/day.ts";
import type { Levels } from "../../shared/provider/provider.ts";
import { refusal } from "../world/world.ts";
import { type Hands, scenes } from "./hands-steps.ts";
import { type Register, register, said } from "./provider-steps.ts";

const [, ...rows] = readFileSync(join(import.meta.dirname, "hands.csv"), "utf8")
  .trim()
  .split("\n");
const table = rows.map((row) => {
  const [name = "", brings, to, hands, how] = row.split(",");
  return { name, brings, to, hands: Number(hands), how };
});

let made: Register;
beforeAll(async () => {
  made = await register();
});
beforeEach(() => made.turn("2025-11-20"));

describe("who may bring what to which state by how many hands", () => {
  test("every call by which an officer writes stands in the table once", () => {
    const writing = Object.entries<Endpoint>(endpoints).filter(
      ([, { caller, access }]) => caller.audience === "officer" && access.main === "write",
    );
    expect(table.map(({ name }) => name).sort()).toEqual(writing.map(([name]) => name).sort());
    for (const { name, brings, to, hands, how } of table) {
      expect([brings, to, how].every(Boolean), name).toBe(true);
      expect(hands, name).toBeGreaterThan(0);
    }
  });

  test("what the table says is a proposal is one, and has been tried by one hand", () => {
    const proposed = Object.entries<Endpoint>(endpoints).filter(([, { hands }]) => hands === 2);
    const inTable = table.filter(({ how }) => how === "proposal");
    expect(inTable.map(({ name }) => name).sort()).toEqual(proposed.map(([name]) => name).sort());
    expect(inTable.every(({ hands }) => hands === 2)).toBe(true);
    expect(Object.keys(scenes).sort()).toEqual(proposed.map(([name]) => name).sort());
  });
});

describe.each(Object.keys(scenes) as TwoHanded[])("%s", (call) => {
  let scene: Hands;
  beforeEach(async () => {
    scene = await scenes[call](made);
  });
  const agree = (proposalNo: string) => ({ params: { proposalNo }, body: { accept: true as const } });
  const back = (proposalNo: string) => ({
    params: { proposalNo },
    body: { accept: false as const, reason: "和材料不一致" },
  });

  test("alone it changes nothing; by another hand exactly what was shown, and once", async () => {
    const before = await scene.stands();
    const { proposalNo } = await scene.propose();
    expect((await scene.propose()).proposalNo).toBe(proposalNo);
    expect(await refusal(scene.one("proposals.answer", agree(proposalNo)))).toBe("proposal-same-hand");
    expect(await scene.stands()).toEqual(before);

    const mine = async (who: Hands["one"]) =>
      (await who("proposals.list")).proposals.find((one) => one.proposalNo === proposalNo);
    expect(await mine(scene.one)).toMatchObject({ call, mine: true, state: "waiting" });
    const shown = (await mine(scene.two))!;
    expect(shown).toMatchObject({ call, mine: false });
    expect(shown.changes.length).toBeGreaterThan(0);
    expect(await scene.two("proposals.answer", agree(proposalNo))).toMatchObject({ state: "accepted" });
    const after = await scene.stands();
    expect(after).not.toEqual(before);
    expect(await scene.two("proposals.answer", agree(proposalNo))).toMatchObject({ state: "accepted" });
    expect(await refusal(scene.one("proposals.answer", back(proposalNo)))).toBe("proposal-gone");
    expect(await scene.stands()).toEqual(after);
    expect(await mine(scene.two)).toBeUndefined();
  });

  test("of two hands at once one answers", async () => {
    const { proposalNo } = await scene.propose();
    const no = await Promise.all([
      refusal(scene.two("proposals.answer", agree(proposalNo))),
      refusal(scene.one("proposals.answer", back(proposalNo))),
    ]);
    expect(no.toSorted()).toEqual(["", "proposal-gone"]);
  });

  test("not by whoever has another role or another area, who are not shown it either", async () => {
    const before = await scene.stands();
    const { proposalNo } = await scene.propose();
    expect(await refusal(scene.elsewhere("proposals.answer", agree(proposalNo)))).toBe("not-found");
    expect(await refusal(scene.roleless("proposals.answer", agree(proposalNo)))).toBe("role-missing");
    for (const who of [scene.elsewhere, scene.roleless]) {
      const { proposals } = await who("proposals.list").catch(() => ({ proposals: [] }));
      expect(proposals.map((one) => one.proposalNo)).not.toContain(proposalNo);
    }
    expect(await refusal(scene.two("proposals.answer", agree("nothing")))).toBe("not-found");
    expect(await scene.stands()).toEqual(before);
  });

  test("not once it was given back, and not after its week", async () => {
    const before = await scene.stands();
    const { proposalNo } = await scene.propose();
    await scene.two("proposals.answer", back(proposalNo));
    expect(await refusal(scene.two("proposals.answer", agree(proposalNo)))).toBe("proposal-gone");
    expect(await scene.propose()).toMatchObject({ proposalNo });
    made.turn("2025-11-28");
    expect(await refusal(scene.two("proposals.answer", agree(proposalNo)))).toBe("proposal-gone");
    expect(await scene.stands()).toEqual(before);
  });

  test("not once what it touches has moved", async () => {
    const { proposalNo } = await scene.propose();
    await scene.move();
    const moved = await scene.stands();
    expect(await refusal(scene.two("proposals.answer", agree(proposalNo)))).toBe(scene.movedAs);
    expect(await scene.stands()).toEqual(moved);
  });
});

describe("refused well", () => {
  test("a level raised alone", async () => {
    const { code, version } = await made.designated();
    const raised = { real: "06", price: "tertiary", deductible: "township" } as const;
    const body = raise(version, raised);
    const { proposalNo } = await made.two("providers.change", { params: { code }, body });
    expect(await refusal(made.two("proposals.answer", agreed(proposalNo)))).toBe("proposal-same-hand");
    expect((await made.two("providers.one", { params: { code } })).terms).toMatchObject({ price: "secondary" });
    // Whoever agrees has to be in charge of it as well: a township's officer is not.
    expect(await refusal(made.township("proposals.answer", agreed(proposalNo)))).toBe("not-found");
    const shown = (await made.one("proposals.list")).proposals.find((one) => one.proposalNo === proposalNo)!;
    expect(shown.changes).toContainEqual({ name: "限价等级", before: "二级", after: "三级" });
    await made.one("proposals.answer", agreed(proposalNo));
    const page = await made.two("providers.one", { params: { code } });
    expect(page.terms).toMatchObject({ price: "tertiary", deductible: "township" });
    expect(page.history[0]).toMatchObject({ event: "change", by: "providers-two", agreedBy: "providers-one" });
  });

  test("a hospital of level 3 is the city's matter, also to agree on", async () => {
    const { code, version } = await made.designated();
    const levels = { real: "04", price: "tertiary", deductible: "tertiary" } as const;
    const body = raise(version, levels);
    const { proposalNo } = await made.city("providers.change", { params: { code }, body });
    expect(await refusal(made.two("proposals.answer", agreed(proposalNo)))).toBe("not-found");
    await made.city2("proposals.answer", agreed(proposalNo));
    expect((await made.two("providers.one", { params: { code } })).terms?.real).toBe("04");
  });
});

const raise = (version: number, levels: Levels) => ({
  ...said(version, "升级"),
  from: day("2025-11-20"),
  levels,
  services: ["inpatient" as const],
  address: "演示路1号",
  telephone: "0535-1234567",
});
const agreed = (proposalNo: string) => ({ params: { proposalNo }, body: { accept: true as const } });
