import type { Sums } from "../hospital/asks.ts";
import type { Sender } from "../hospital/client.ts";
import type { Resident } from "../local/county/people.ts";
import { serveDatabase } from "../local/database.ts";
import { setEnvironment } from "../local/environment.ts";
import type { Request, Used } from "../test/models/capacity.ts";

const clients = 32;
const count = 1_600;
/** The first calls compile what the rest run. */
const warmUp = 400;

/** Runs jobs from so many clients at once; how long each took, in ms, in ascending order. */
async function underClients(jobs: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times: number[] = [];
  let done = 0;
  const queue = [...jobs];
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let job = queue.pop(); job; job = queue.pop()) {
        const startedAt = performance.now();
        await job();
        if (++done > warmUp) times.push(performance.now() - startedAt);
      }
    }),
  );
  return times.sort((a, b) => a - b);
}
const percentile = (times: readonly number[], part: number) =>
  times[Math.min(times.length - 1, Math.floor(times.length * part))]!;

/** npm run bench settlements · previews and settlements through the gateway, against the same requests to the database alone. */
export async function settlements(say: (line: string) => void): Promise<void> {
  const database = await serveDatabase();
  setEnvironment("http://localhost", database.endpoint);
  process.env.POWERTOOLS_LOG_LEVEL = "SILENT";
  const commands = (await import("@aws-sdk/lib-dynamodb")) as unknown as Record<string, new (input: object) => never>;
  const { db } = await import("../functions/db.ts");
  const { world } = await import("../test/world/world.ts");
  const { direct, openHospitals, senderOf } = await import("../test/world/hospitals.ts");
  const desk = await import("../test/gateway/desk.ts");
  const ask = await import("../hospital/asks.ts");
  const { send } = await import("../hospital/client.ts");
  const { costOf, countCapacity } = await import("../test/models/capacity.ts");

  const today = "2025-11-20";
  const made = await world(today);
  await openHospitals(made);
  const senders = ["H37061100001", "H37061100002", "H37061100003", "H37061100101"].map((code) => senderOf(code));
  const visits: { who: Resident; sender: Sender; encounterNo: string; sums: Sums }[] = [];
  for (let i = 0; i < count; i++) {
    const [who, sender] = [await made.enlist(), senders[i % senders.length]!];
    const lines = Array.from({ length: 6 }, () => desk.charge(desk.items.amoxicillin, 8, 2, today));
    visits.push({ who, sender, ...(await desk.visit(sender, who, today, lines)) });
  }

  const capacity = countCapacity(db);
  const replayed = async (requests: readonly Request[], mark: string) => {
    const answered: Promise<unknown>[] = [];
    for (const { command, input, from } of requests) {
      const before = answered.filter((_, i) => requests[i]!.until <= from);
      const ask = () => db.send(new commands[command.replace(/Items?Command$/, "Command")]!(elsewhere(input, mark)));
      answered.push(Promise.all(before).then(ask));
    }
    await Promise.all(answered);
  };
  const measured = async (what: string, call: (one: (typeof visits)[number], sender: Sender) => Promise<unknown>) => {
    const used: Used[] = [];
    // What a hospital does before it sends and after it has heard is not the gateway's time.
    const sent: Parameters<Sender["post"]>[] = [];
    const post: Sender["post"] = async (...message) => {
      sent.push(message);
      return { status: 503, body: "" };
    };
    for (const one of visits) await call(one, { ...one.sender, post });
    const throughApi = await underClients(
      sent.map((message) => async () => {
        const { value, used: own } = await capacity.counted(() => direct(...message));
        if (!value.body.startsWith('{"infcode":0,')) throw new Error(value.body);
        used.push(own);
      }),
    );
    // The same requests under other keys, each after those that were answered before it was asked.
    const alone = await underClients(
      used.map(
        ({ requests }, i) =>
          () =>
            replayed(requests, `R${what}${i}`),
      ),
    );
    const sum = (of: (one: Used) => number) => used.reduce((all, one) => all + of(one), 0) / used.length;
    const [wru, rru] = [sum((one) => one.wru), sum((one) => one.rru)];
    const [api, own] = [percentile(throughApi, 0.99), percentile(alone, 0.99)];
    say(
      `${what}, ${count - warmUp} under ${clients} clients: p99 ${api.toFixed(0)} ms through the gateway, ${own.toFixed(0)} ms for the same requests to the database alone: ${(api / own).toFixed(2)}×`,
    );
    say(
      `  median ${percentile(throughApi, 0.5).toFixed(0)} ms against ${percentile(alone, 0.5).toFixed(0)} ms; ${wru.toFixed(1)} WRU, ${rru.toFixed(1)} RRU, ¥${costOf({ wru, rru, calls: 1 }).toFixed(6)} at list prices`,
    );
  };
  await measured("preview", ({ who, encounterNo, sums }, sender) =>
    send(sender, "2206", ask.previewOutpatient(who, encounterNo, "B1", "11", sums.total)),
  );
  await measured("settle", ({ who, ...one }, sender) => desk.settleVisit(sender, who, one));
  database.stop();
}

/** The same request for keys that nobody has: what has to be new is new, and no version stands in the way. */
const elsewhere = (input: object, mark: string): object =>
  JSON.parse(
    JSON.stringify(input, (name, value) => {
      if (name === "packed") return "x".repeat(Object.keys(value as object).length);
      return value as unknown;
    })
      .replace(/"pk":"/g, `"pk":"${mark}`)
      .replace(/"version = :read"/g, '"attribute_not_exists(pk) AND :read = :read"'),
  ) as object;
