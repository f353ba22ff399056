// Installs what is missing, with npm and nothing else; the only place that runs npm.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What the API and its local world need. */
export const core = ["shared", "functions", "local"];
export const everything = [...core, "console", "infra", "miniapp", "test"];

/** Installs the workspaces whose packages are missing: a clean install where there is nothing, what is lacking otherwise. */
export async function install(workspaces) {
  const missing = workspaces.filter((workspace) => !isInstalled(workspace));
  if (missing.length === 0) return;
  const fresh = !existsSync("node_modules");
  const filter = workspaces.flatMap((workspace) => ["-w", workspace]);
  const how = fresh
    ? ["ci", ...filter, "--include-workspace-root"]
    : ["install", "--no-save", ...filter, "--include-workspace-root"];
  await progress(`安装依赖 · installing (${workspaces.join(", ")})`, how);
}

function isInstalled(workspace) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(workspace, "package.json"), "utf8"));
  const lock = lockfile();
  return Object.keys({ ...dependencies, ...devDependencies }).every((dependency) => {
    // Where another workspace needs another version, one's own lies in one's own folder.
    const own = `${workspace}/node_modules/${dependency}`;
    const path = lock.packages[own] ? own : `node_modules/${dependency}`;
    if (!existsSync(join(path, "package.json"))) return false;
    const wanted = lock.packages[path]?.version;
    return !wanted || JSON.parse(readFileSync(join(path, "package.json"), "utf8")).version === wanted;
  });
}

function lockfile() {
  lockfile.read ??= JSON.parse(readFileSync("package-lock.json", "utf8"));
  return lockfile.read;
}

/** The lock names the embedded database for Linux x64 only; for another platform its package is added where it exists. */
export async function installDatabase() {
  if (process.env.DYNAMODB_ENDPOINT) return;
  const wanted = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    createRequire(import.meta.url).resolve(`${wanted}/package.json`);
  } catch {
    const version = JSON.parse(readFileSync("local/package.json", "utf8")).optionalDependencies["@dynoxide/linux-x64"];
    // Where the package does not exist, whoever needs the database says so in one sentence.
    await progress(`安装数据库 · installing ${wanted}`, ["install", "--no-save", `${wanted}@${version}`], {
      mayFail: true,
    });
  }
}

/** Where the image library lies with its binary for the functions' processor, whatever this machine's own is. */
export const libraryForFunctions = join(".cache", "sharp-linux-arm64");

/** A lock of one package and all that it needs, cut out of ours: every version and checksum is the one that was looked at. */
export function lockFor(name) {
  const { packages } = lockfile();
  const kept = new Map();
  const keep = (path) => {
    if (kept.has(path) || !packages[path]) return;
    kept.set(path, packages[path]);
    const { dependencies = {}, optionalDependencies = {} } = packages[path];
    for (const one of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const own = `${path}/node_modules/${one}`;
      keep(packages[own] ? own : `node_modules/${one}`);
    }
  };
  keep(`node_modules/${name}`);
  const manifest = {
    name: "for-functions",
    private: true,
    dependencies: { [name]: packages[`node_modules/${name}`].version },
  };
  return {
    manifest,
    lock: { name: manifest.name, lockfileVersion: 3, packages: { "": manifest, ...Object.fromEntries(kept) } },
  };
}

/** Installs it there, as our lock says it; offline it is left out, and whoever needs it says so. */
export async function installForFunctions() {
  const { manifest, lock } = lockFor("sharp");
  const at = (file) => join(libraryForFunctions, file);
  const wanted = JSON.stringify(lock);
  const has = (file) => existsSync(at(file));
  if (has("node_modules/sharp/package.json") && has("installed") && readFileSync(at("installed"), "utf8") === wanted)
    return;
  mkdirSync(libraryForFunctions, { recursive: true });
  writeFileSync(at("package.json"), JSON.stringify(manifest));
  writeFileSync(at("package-lock.json"), wanted);
  const to = ["--prefix", libraryForFunctions, "--os=linux", "--cpu=arm64", "--libc=glibc"];
  const how = ["ci", "--ignore-scripts", ...to];
  await progress("安装函数用的图像库 · installing the functions' image library", how, { mayFail: true });
  if (has("node_modules/@img/sharp-linux-arm64/package.json")) writeFileSync(at("installed"), wanted);
}

/** Runs npm with a line that shows how long it has taken; its own output is shown only where it fails. */
function progress(what, npmArguments, { mayFail = false } = {}) {
  const startedAt = Date.now();
  const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(0);
  const live = process.stderr.isTTY;
  if (!live) process.stderr.write(`${what} …\n`);
  const ticker = live ? setInterval(() => process.stderr.write(`\r${what} … ${seconds()} s `), 250) : null;
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  return new Promise((resolve) => {
    let said = "";
    const run = spawn(npm, [...npmArguments, "--no-audit", "--no-fund", "--loglevel=error"], {
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    for (const stream of [run.stdout, run.stderr])
      stream.on("data", (chunk) => (said = `${said}${chunk}`.slice(-4000)));
    run.on("error", () => stop("找不到 npm · npm was not found"));
    run.on("exit", (code) => {
      if (ticker) clearInterval(ticker);
      if (live) process.stderr.write("\r");
      process.stderr.write(`${what}: ${seconds()} s\n`);
      if (code !== 0 && !mayFail) {
        if (said.includes("ENOSPC"))
          stop("磁盘满了，腾出约 2 GB 后再试 · The disk is full; free about 2 GB and try again");
        stop(`依赖没有装上，请检查网络后再试 · Installing failed; check the network and try again\n${said.trim()}`);
      }
      resolve();
    });
  });
}

export function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
