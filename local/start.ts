import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { roles } from "../shared/api/endpoint.ts";
import { orderNoOf } from "../shared/contribution/trade.ts";
import { type Day, isDay } from "../shared/day.ts";
import { core, install } from "../tools/install.mjs";
import { build, type FrontEnd, frontEnds, isBuilt, run } from "./build.ts";
import { officers } from "./county/personas.ts";
import { units } from "./county/places.ts";
import { demonstrationDatabase, madeWith, refuseStaleData } from "./demonstration.ts";
import { dataFolder, objectsFolder, setEnvironment, weChatPayAddress, weChatPayFolder } from "./environment.ts";
import { builtFiles } from "./files.ts";
import { landing, signInTable } from "./landing.ts";
import { listenHere } from "./loopback.ts";
import { objectStore, objectsPath } from "./objects.ts";
import { sentenceFor } from "./sentences.ts";
import type { Mount } from "./server.ts";

const root = join(import.meta.dirname, "..");
const port = Number(process.env.PORT ?? 8700);
const origin = `http://localhost:${port}`;
const people = Number(process.env.PEOPLE ?? 100_000);
const startedAt = Date.now();
const dayFile = join(dataFolder, "business-day");

const say = (line: string) =>
  process.stderr.write(`${((Date.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);

await start().catch((error: NodeJS.ErrnoException) => {
  process.stderr.write(`${sentenceFor(error, port)}\n`);
  process.exit(1);
});

/** npm start: a usable system; installing, building and loading side by side. */
async function start(): Promise<void> {
  if (process.argv.includes("--fresh")) rmSync(dataFolder, { recursive: true, force: true });
  mkdirSync(dataFolder, { recursive: true });
  await portMustBeFree();
  refuseStaleData();

  const consoleBuilt = made(frontEnds.console);
  const h5Built = consoleBuilt.then(async () => {
    await install([...core, "console", "miniapp"]);
    return made(frontEnds.h5);
  });
  const external = process.env.DYNAMODB_ENDPOINT;
  if (external) setEnvironment(origin, external);
  else {
    const database = await demonstrationDatabase(origin, people, say);
    process.on("exit", () => database.stop());
  }
  const server = await serve();
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      server.close();
      process.exit(0);
    });
  }
  if (await consoleBuilt) say(`接口和经办端可用 · the API and the console are ready: ${origin}`);
  if (await h5Built) say(`居民端可用 · the residents' pages are ready: ${origin}/m/`);
  process.stderr.write(signInTable(origin));
  if (!external) await loadRestOfCatalogue();
}

/** The rest of the catalogue, when everything else stands; after a restart it goes on where it was. */
async function loadRestOfCatalogue(): Promise<void> {
  const marker = join(dataFolder, "catalogue-loaded");
  const { people: made } = JSON.parse(readFileSync(madeWith, "utf8"));
  const { restOf } = await import("./county/catalogue-items.ts");
  if (existsSync(marker) && Number(readFileSync(marker, "utf8")) >= restOf(made)) return;
  const script = join(import.meta.dirname, "county/load-catalogue.ts");
  await run(process.execPath, ["--import", "tsx", script, String(made), marker], {
    onLine: (line) => say(`医保目录：${line}`),
  }).catch((error: Error) => say(`医保目录没有装完，下次启动接着装 · the catalogue is not complete\n${error.message}`));
}

async function made(frontEnd: FrontEnd): Promise<boolean> {
  if (isBuilt(frontEnd)) return true;
  try {
    say(`构建${frontEnd.what} …`);
    await build(frontEnd);
    return true;
  } catch (error) {
    say(`${frontEnd.what} 没有构建成功 · was not built\n${(error as Error).message}`);
    return false;
  }
}

async function portMustBeFree(): Promise<void> {
  const probe = createServer();
  await listenHere(probe, port);
  await new Promise((resolve) => probe.close(resolve));
}

async function serve(): Promise<Server> {
  // Functions read their environment when they are imported: not before it is set.
  const { localServer } = await import("./server.ts");
  const { smsStandIn, weChatStandIn } = await import("./stand-ins.ts");
  const { weChatMessages } = await import("./wechat/messages.ts");
  const { weChatPayChannel } = await import("./wechat/pay.ts");
  const { faceStandIn } = await import("./face.ts");
  const { localIssuer } = await import("./issuer.ts");
  const { pollOutbox } = await import("./outbox.ts");
  const { followClock } = await import("./sweeps.ts");
  const { turn } = await import("../functions/clock.ts");
  const { config } = await import("../functions/config.ts");

  let businessDay = (existsSync(dayFile) ? readFileSync(dayFile, "utf8").trim() : "2025-11-20") as Day;
  turn(() => businessDay);
  const turnClock: Mount = (_, response, __, body) => {
    const { day } = JSON.parse(body.toString("utf8") || "{}");
    const good = typeof day === "string" && isDay(day);
    if (good) {
      businessDay = day;
      writeFileSync(dayFile, day);
    }
    response
      .writeHead(good ? 200 : 400, { "content-type": "application/json; charset=utf-8" })
      .end(JSON.stringify(good ? { today: day } : { code: "malformed", message: "这不是存在的日期。" }));
  };

  const names = new Map(units(people).map((unit) => [unit.code, unit.name]));
  const issuer = await localIssuer(
    origin,
    config.issuer().audience,
    officers.map((one) => ({
      ...one,
      unitName: names.get(one.unit) ?? one.unit,
      roles: one.roles.map((role) => roles[role]).join("、"),
    })),
  );
  const sms = smsStandIn();
  const subscribed = weChatMessages();
  const weChatPay = weChatPayChannel({
    folder: weChatPayFolder,
    baseUrl: weChatPayAddress(origin),
    notifyUrl: config.weChatPay().notifyUrl,
    appid: config.weChatPay().appid,
    name: "烟台市医疗保障局（演示）",
    back: (tradeNo) => `${config.residentSite()}#/pages/contributions/result/index?orderNo=${orderNoOf(tradeNo) ?? ""}`,
    billsAtOnce: true,
    paidBefore: (tradeNo) => /^\d{8}DEMO\d{12}[JNH]$/.test(tradeNo),
  });
  const outbox = await pollOutbox();
  followClock(outbox.nudge);
  const server = localServer(
    {
      "/": (request, ...rest) => (request.headers["x-tc-action"] ? sms.send : landing)(request, ...rest),
      "/m/": builtFiles(join(root, frontEnds.h5.made)),
      "/console/": builtFiles(join(root, frontEnds.console.made)),
      "/issuer": issuer,
      "/stand-ins/wechat/": weChatStandIn(),
      "/stand-ins/wechat/cgi-bin/": subscribed.send,
      "/stand-ins/wechat-messages/": subscribed.inbox,
      "/stand-ins/sms/": sms.inbox,
      "/stand-ins/face/": faceStandIn(),
      [objectsPath]: objectStore(objectsFolder),
      "/stand-ins/wechat-pay/": weChatPay.mount,
      "/demonstration/business-day": turnClock,
    },
    { onWrite: outbox.nudge },
  );
  await listenHere(server, port);
  return server;
}
