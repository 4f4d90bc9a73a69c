/**
 * Runs the tests against moto, a third party's emulation of AWS services: installs it into a virtual environment of
 * its own, starts it on a free port, runs jest, stops it. Skips with the reason where there is no Python to run it.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const MOTO = "moto[server]==5.2.5";
const root = fileURLToPath(new URL("../..", import.meta.url));
const venv = join(root, "node_modules", ".cache", "moto");
const server = join(venv, "bin", "moto_server");

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function run(command: string, ...words: string[]): boolean {
  return spawnSync(command, words, { stdio: ["ignore", "inherit", "inherit"] }).status === 0;
}

/** Why moto cannot be had here; null when it is installed. */
function install(): string | null {
  if (spawnSync("python3", ["--version"]).status !== 0) return "there is no python3 on this machine";
  if (existsSync(server)) return null;
  say(`installing ${MOTO} into node_modules/.cache/moto …`);
  if (!run("python3", "-m", "venv", venv))
    return "python3 cannot make virtual environments (python3-venv is missing)";
  return run(join(venv, "bin", "pip"), "-q", "install", "--disable-pip-version-check", MOTO)
    ? null
    : `pip could not install ${MOTO}`;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("no free port was given");
  return address.port;
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  for (let attempt = 0; attempt < 150 && child.exitCode === null; attempt++) {
    const response = await fetch(`${url}/moto-api/`).catch(() => null);
    if (response?.ok) return true;
    await sleep(200);
  }
  return false;
}

function test(url: string): number {
  const jest = [
    "--experimental-vm-modules",
    "--disable-warning=ExperimentalWarning",
    "node_modules/jest/bin/jest.js",
  ];
  const only = ["--runInBand", "--testMatch", "<rootDir>/test/moto/**/*.moto.ts", ...process.argv.slice(2)];
  const env = { ...process.env, FOREWARM_MOTO_URL: url };
  return spawnSync(process.execPath, [...jest, ...only], { cwd: root, env, stdio: "inherit" }).status ?? 1;
}

async function main(): Promise<number> {
  const why = install();
  if (why !== null) {
    say(`SKIPPED the tests against moto: ${why}`);
    return 0;
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(server, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  try {
    if (await answers(url, child)) return test(url);
    say(`moto did not start on ${url}`);
    return 1;
  } finally {
    child.kill();
  }
}

process.exitCode = await main();
