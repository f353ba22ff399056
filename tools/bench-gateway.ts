import type { Sums } from "../hospital/asks.ts";
import type { Sender } from "../hospital/client.ts";
import type { Resident } from "../local/county/people.ts";
import { againstDatabase, type Say, withDatabase } from "./bench-load.ts";

/** npm run bench settlements · previews and settlements through the gateway, against the same requests to the database alone. */
export const settlements = (say: Say, small: boolean): Promise<void> =>
  withDatabase(async () => {
    const { world } = await import("../test/world/world.ts");
    const { direct, openHospitals, senderOf } = await import("../test/world/hospitals.ts");
    const desk = await import("../test/gateway/desk.ts");
    const ask = await import("../hospital/asks.ts");
    const { send } = await import("../hospital/client.ts");

    const today = "2025-11-20";
    const made = await world(today);
    await openHospitals(made);
    const senders = ["H37061100001", "H37061100002", "H37061100003", "H37061100101"].map((code) => senderOf(code));
    const visits: { who: Resident; sender: Sender; encounterNo: string; sums: Sums }[] = [];
    for (let i = 0; i < (small ? 64 : 1_600); i++) {
      const [who, sender] = [await made.enlist(), senders[i % senders.length]!];
      const lines = Array.from({ length: 6 }, () => desk.charge(desk.items.amoxicillin, 8, 2, today));
      visits.push({ who, sender, ...(await desk.visit(sender, who, today, lines)) });
    }

    const measured = async (what: string, call: (one: (typeof visits)[number], sender: Sender) => Promise<unknown>) => {
      // What a hospital does before it sends and after it has heard is not the gateway's time.
      const sent: Parameters<Sender["post"]>[] = [];
      const post: Sender["post"] = async (...message) => {
        sent.push(message);
        return { status: 503, body: "" };
      };
      for (const one of visits) await call(one, { ...one.sender, post });
      const answered = async (message: Parameters<Sender["post"]>) => {
        const { body } = await direct(...message);
        if (!body.startsWith('{"infcode":0,')) throw new Error(body);
      };
      const calls = sent.map((message) => () => answered(message));
      await againstDatabase(what, calls, say);
    };
    await measured("preview", ({ who, encounterNo, sums }, sender) =>
      send(sender, "2206", ask.previewOutpatient(who, encounterNo, "B1", "11", sums.total)),
    );
    await measured("settle", ({ who, ...one }, sender) => desk.settleVisit(sender, who, one));
  });
