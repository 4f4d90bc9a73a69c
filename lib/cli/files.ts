/** Reads and writes the files that a command is given, with messages that say what to do. */
import { createWriteStream, readFileSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Policy } from "../core/policy.ts";
import type { EpochSeconds } from "../core/time.ts";
import { parsePolicyText } from "../policy/parsePolicy.ts";
import { formatProblems } from "../policy/problems.ts";
import { parseTrace } from "../sim/traces/parseTrace.ts";
import type { Trace } from "../sim/traces/trace.ts";
import { UsageError } from "./exit.ts";

/** A gzip file begins with these two bytes (RFC 1952). */
const GZIP_MAGIC = [0x1f, 0x8b];

/** A trace of a year of minutes is 15 MB; a file far beyond that is not a trace. */
const LARGEST_TRACE_BYTES = 512 * 1024 * 1024;

/** Reads a CSV trace, gzipped or not. Throws a UsageError that says what is wrong with it. */
export async function readTrace(path: string): Promise<Trace> {
  const text = await readText(path);
  const result = parseTrace(
    text,
    basename(path)
      .replace(/\.gz$/, "")
      .replace(/\.csv$/, ""),
  );
  if (result.kind === "problem") throw new UsageError(`${path}: ${result.message}`);
  return result.trace;
}

/**
 * Reads a policy file, and the calendars that it names, as seen from it; recurring events are written out around the given
 * time. Throws a UsageError that lists every problem in it.
 */
export async function readPolicy(path: string, around: EpochSeconds = Date.now() / 1000): Promise<Policy> {
  const read = (file: string): string => readFileSync(resolve(dirname(path), file), "utf8");
  const result = parsePolicyText(await readText(path), { read, around });
  if (result.kind === "problems") throw new UsageError(formatProblems(result.problems, path));
  return result.policy;
}

/** The text of a file, unzipped if need be. */
export async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`cannot read ${path}: ${sayFileError(error)}`);
  });
  if (bytes[0] !== GZIP_MAGIC[0] || bytes[1] !== GZIP_MAGIC[1]) return bytes.toString("utf8");
  const unzipped = await promisify(gunzip)(bytes, { maxOutputLength: LARGEST_TRACE_BYTES }).catch(
    (error: Error) => {
      throw new UsageError(`${path} begins like a gzip file but cannot be unzipped: ${error.message}`);
    },
  );
  return unzipped.toString("utf8");
}

/**
 * Writes a file, whole or in pieces, into a folder that is made if need be; returns its path. Throws an Error that
 * says why it cannot.
 */
export async function writeInto(
  folder: string,
  name: string,
  text: string | Iterable<string>,
): Promise<string> {
  const path = join(folder, name);
  try {
    await mkdir(folder, { recursive: true });
    await pipeline(typeof text === "string" ? [text] : text, createWriteStream(path));
  } catch (error) {
    throw new Error(`cannot write ${path}: ${sayFileError(error as NodeJS.ErrnoException)}`);
  }
  return path;
}

function sayFileError(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "there is no such file";
  if (error.code === "EISDIR") return "it is a folder; name a file";
  if (error.code === "EEXIST" || error.code === "ENOTDIR")
    return "a part of its path is a file, not a folder";
  if (error.code === "EACCES") return "permission denied";
  return error.message;
}
