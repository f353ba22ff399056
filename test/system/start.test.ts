import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { type AddressInfo, connect, createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { databaseBinary, freePort, noBinary } from "../../local/database.ts";
import { listenHere } from "../../local/loopback.ts";
import { sentenceFor } from "../../local/sentences.ts";
import { localServer } from "../../local/server.ts";

const root = join(import.meta.dirname, "../..");
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Runs `npm start`'s own script until it ends by itself; what it said and its status. */
function start(environment: Record<string, string>): Promise<{ said: string; status: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", "tsx", "local/start.ts"], {
      cwd: root,
      env: { ...process.env, DYNAMODB_ENDPOINT: "", ...environment },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    child.on("close", (status) => resolve({ said, status }));
  });
}

const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "resident-insurance-start-"));
  folders.push(made);
  return made;
};

describe("npm start says in one sentence why it cannot", () => {
  test("a port in use", async () => {
    const port = await freePort();
    const taken = createServer().listen(port, "127.0.0.1");
    try {
      const { said, status } = await start({ PORT: String(port), DATA_FOLDER: folder() });
      expect(said).toContain(`Port ${port} is in use; choose another: PORT=${port + 1} npm start`);
      expect(said.trim().split("\n")).toHaveLength(1);
      expect(status).toBe(1);
    } finally {
      taken.close();
    }
  });

  test("a stale data file", async () => {
    const data = folder();
    writeFileSync(join(data, "demonstration.sqlite"), "");
    writeFileSync(join(data, "made-with.json"), '{"version":"0"}');
    const { said, status } = await start({ PORT: String(await freePort()), DATA_FOLDER: data });
    expect(said).toContain("start over with npm start -- --fresh");
    expect(said.trim().split("\n")).toHaveLength(1);
    expect(status).toBe(1);
  });

  test("no binary for this platform", () => {
    const platform = Object.getOwnPropertyDescriptor(process, "platform")!;
    try {
      Object.defineProperty(process, "platform", { value: "plan9" });
      expect(databaseBinary()).toBeNull();
    } finally {
      Object.defineProperty(process, "platform", platform);
    }
    expect(databaseBinary()).not.toBeNull();
    expect(noBinary).toContain("point DYNAMODB_ENDPOINT to any DynamoDB");
  });

  test("a full disk, whoever notices it", () => {
    const full = "The disk is full; free about 2 GB and try again";
    expect(sentenceFor(Object.assign(new Error("write"), { code: "ENOSPC" }), 8700)).toContain(full);
    expect(sentenceFor(new Error("SqliteFailure: database or disk is full"), 8700)).toContain(full);
  });
});

describe("only this machine reaches what npm start serves", () => {
  const answers = (host: string, port: number) =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ host, port, timeout: 2_000 }, () => resolve(true));
      for (const no of ["error", "timeout"] as const) socket.once(no, () => resolve(false));
      socket.once("close", () => socket.destroy());
    });

  test("it listens at the loopback address and at no other of this machine", async () => {
    const server = createServer((socket) => socket.end());
    await listenHere(server, 0);
    const { port } = server.address() as AddressInfo;
    try {
      const others = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address));
      expect(await answers("127.0.0.1", port)).toBe(true);
      // All of 127.0.0.0/8 is this machine's: who listens everywhere is reached there as well.
      for (const host of [...others, "127.0.0.2"].filter((one) => one !== "127.0.0.1"))
        expect(await answers(host, port), host).toBe(false);
    } finally {
      server.close();
    }
    const listening = readdirSync(join(root, "local"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && /\.listen\(/.test(readFileSync(join(root, "local", file), "utf8")))
      .sort();
    expect(listening).toEqual(["database.ts", "loopback.ts"]);
  });

  test("a name that somebody else lets lead here is not answered", async () => {
    const server = localServer({ "/": (_, response) => void response.end("here") });
    await listenHere(server, 0);
    const { port } = server.address() as AddressInfo;
    const asked = (host: string) =>
      new Promise<number>((resolve, reject) =>
        request({ host: "127.0.0.1", port, path: "/stand-ins/sms/", headers: { host } }, (reply) => {
          reply.resume();
          resolve(reply.statusCode!);
        })
          .once("error", reject)
          .end(),
      );
    try {
      expect(await asked(`localhost:${port}`)).toBe(200);
      expect(await asked(`127.0.0.1:${port}`)).toBe(200);
      expect(await asked("elsewhere.example")).toBe(421);
      expect(await asked(`localhost.elsewhere.example:${port}`)).toBe(421);
    } finally {
      server.close();
    }
  });
});
