/** Runs the command line inside the test, with its output caught and its files in a folder that goes away again. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jest } from "@jest/globals";
import { main } from "../../lib/cli/main.ts";
import { generateShop } from "../../lib/sim/traces/generateShop.ts";
import { traceToCsv } from "../../lib/sim/traces/traceToCsv.ts";

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `forewarm` with these words. */
export async function run(...words: readonly string[]): Promise<Said> {
  let out = "";
  let err = "";
  const spies = [
    jest.spyOn(process.stdout, "write").mockImplementation((text) => {
      out += String(text);
      return true;
    }),
    jest.spyOn(process.stderr, "write").mockImplementation((text) => {
      err += String(text);
      return true;
    }),
  ];
  const wasTerminal = process.stderr.isTTY;
  process.stderr.isTTY = false;
  try {
    const code = await main(words);
    return { code, out, err };
  } finally {
    process.stderr.isTTY = wasTerminal;
    for (const spy of spies) spy.mockRestore();
  }
}

export interface Folder {
  readonly path: string;
  /** The path of a file in the folder. */
  of(name: string): string;
  /** Writes a file and returns its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  remove(): Promise<void>;
}

export async function tempFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "forewarm-test-"));
  const of = (name: string): string => join(path, name);
  return {
    path,
    of,
    write: async (name, content) => {
      await writeFile(of(name), content);
      return of(name);
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

export const SHOP_START = Date.UTC(2025, 10, 3) / 1000;

/** Three days of minutes of the made-up shop. */
export const shopCsv = (): string =>
  traceToCsv(generateShop({ seed: 1, start: SHOP_START, days: 3, utcOffsetSeconds: 0 }));

/** Messages that reach a person hold no stack and no name of an error class. */
export const A_STACK = /\n\s+at |Error:|\.ts:\d/;
