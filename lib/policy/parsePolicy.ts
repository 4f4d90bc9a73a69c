/** Parses a policy, from YAML text or from an object, and reports every problem at once. */

import { isMap, isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import type { Policy } from "../core/policy.ts";
import type { CalendarSource } from "./calendarFile.ts";
import { promotion } from "./datedSchema.ts";
import { findNotPlain } from "./plainData.ts";
import { type Path, type Problem, sayPath } from "./problems.ts";
import { resolve } from "./resolve.ts";
import { defaults, type PolicyInput, policySchema, target } from "./schema.ts";

export type PolicyResult =
  | { readonly kind: "policy"; readonly policy: Policy }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

/** A policy of a hundred targets is 40 kB. */
const LONGEST_TEXT = 200_000;

/** Enough for anchors that save typing, too few for a file that grows when it is read. */
const MOST_ALIASES = 100;

/** The typed object of a policy, with completion in an editor. */
export const definePolicy = (input: PolicyInput): PolicyInput => input;

/**
 * Parses `forewarm.yaml`. Never throws: problems carry the path and the place in the file. Without `source` a policy that
 * names a calendar file is refused.
 */
export function parsePolicyText(text: string, source: CalendarSource | null = null): PolicyResult {
  if (text.length > LONGEST_TEXT) {
    return refuse(`got ${text.length} characters; allowed: at most ${LONGEST_TEXT}`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, pos }) => ({
      path: "",
      ...place(pos[0]),
      message: `is not YAML: ${message}`,
    }));
    return { kind: "problems", problems };
  }
  if (!isMap(document.contents)) {
    const got = document.contents === null ? "an empty file" : "no mapping";
    return refuse(`got ${got}; allowed: a mapping with the key targets`);
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    return refuse(`cannot be read: ${(error as Error).message}`);
  }
  return parse(
    value,
    (path) => {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return place(node.range[0]);
      }
      return {};
    },
    source,
  );
}

/** Parses a policy that is an object already. Never throws. */
export function parsePolicyObject(value: unknown, source: CalendarSource | null = null): PolicyResult {
  return parse(value, () => ({}), source);
}

type Place = (path: Path) => { readonly line?: number; readonly column?: number };

function parse(value: unknown, place: Place, source: CalendarSource | null): PolicyResult {
  const notPlain = findNotPlain(value);
  if (notPlain !== null) {
    const { at, ...problem } = notPlain;
    return { kind: "problems", problems: [{ ...problem, ...place(at) }] };
  }
  const problems: Problem[] = [];
  const report = (path: Path, message: string, at: Path = path): void => {
    problems.push({ path: sayPath(path), ...place(at), message });
  };
  const given = isObject(value) ? value["defaults"] : undefined;
  const checked = given === undefined ? null : defaults.safeParse(given);
  for (const issue of checked?.error?.issues ?? []) reportIssue(issue, ["defaults"], report);
  const whole = checked?.success === true ? withDefaults(value, given) : value;
  const written = policySchema.safeParse(whole);
  const issues = (written.error?.issues ?? []).filter(({ path }) => path[0] !== "defaults");
  for (const issue of issues) reportIssue(issue, [], report);
  const known = new Set(problems.map((each) => each.path));
  const reportResolved = (path: Path, message: string): void => {
    const standing = standsAt(path, value);
    if (known.has(sayPath(standing))) return;
    // One mistake in the defaults is found again in every target that gets it.
    if (problems.some((each) => each.path === sayPath(standing) && each.message === message)) return;
    report(standing, message);
  };
  if (!written.success) {
    resolveRest(whole, written.error.issues, reportResolved, source);
    return { kind: "problems", problems };
  }
  const policy = resolve(written.data, reportResolved, source);
  return problems.length === 0 ? { kind: "policy", policy } : { kind: "problems", problems };
}

/** Where a key of a target is written: in the target, or in `defaults` where the target has it from there. */
function standsAt(path: Path, value: unknown): Path {
  const [section, id, ...keys] = path;
  if (section !== "targets" || id === undefined || keys.length === 0 || !isObject(value)) return path;
  const isIn = (holder: unknown): boolean => valueAt(holder, keys) !== undefined;
  return isIn(value["defaults"]) && !isIn(valueAt(value["targets"], [id])) ? ["defaults", ...keys] : path;
}

/**
 * Looks for problems between keys in what is left when the wrong values are taken out, so that they are reported in the
 * same run. A required value gets a stand-in; where there is none, its whole target or promotion is taken out.
 */
function resolveRest(
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
  report: (path: Path, message: string) => void,
  source: CalendarSource | null,
): void {
  const rest = without(value, issues);
  if (!isObject(rest) || !isObject(rest["targets"])) return;
  const written = Object.entries(rest["targets"]);
  const targets = Object.fromEntries(
    written.flatMap(([id, each]) => {
      const data = target.safeParse(each).data ?? target.safeParse(withStandIns(each)).data;
      return data === undefined ? [] : [[id, data] as const];
    }),
  );
  const isKept = (id: string): boolean =>
    Object.hasOwn(targets, id) || valueAt(value, ["targets", id]) === undefined;
  const list: readonly unknown[] = Array.isArray(rest["promotions"]) ? rest["promotions"] : [];
  // Not `map`, which would leave a hole where one was taken out.
  const promotions = Array.from(list, (each) => {
    const { data } = promotion.safeParse(each);
    return data !== undefined && isKept(data.target) ? data : null;
  });
  const hadTargets = Object.keys(valueAt(value, ["targets"]) ?? {}).length > 0;
  if (Object.keys(targets).length > 0 || !hadTargets) resolve({ targets, promotions }, report, source);
}

function reportIssue(
  { path, message, ...issue }: z.core.$ZodIssue,
  before: Path,
  report: (path: Path, message: string, at?: Path) => void,
): void {
  const whole = [...before, ...path];
  const [unknown] = issue.code === "unrecognized_keys" ? issue.keys : [];
  // A name that is refused says why in an issue of its own, inside the one of the mapping.
  const said = issue.code === "invalid_key" ? (issue.issues[0]?.message ?? message) : message;
  report(whole, said, unknown === undefined ? whole : [...whole, unknown]);
}

/** For required values that were refused: so that what the rest of a target says can still be checked against itself. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  min: 1,
  max: 1_000_000_000,
  perUnit: 1,
  endpoint: "x",
  variant: "x",
  component: "x",
  cluster: "x",
  nodegroup: "x",
  namespace: "x",
  workload: "hpa/x",
  for: "1m",
};

/** The target with a stand-in for each value that it lacks, where one cannot be mistaken for what was meant. */
function withStandIns(written: unknown): unknown {
  const copy: unknown = structuredClone(written);
  for (const { path } of target.safeParse(copy).error?.issues ?? []) {
    const holder = valueAt(copy, path.slice(0, -1));
    const key = String(path.at(-1));
    if (isObject(holder) && Object.hasOwn(STAND_INS, key)) Reflect.set(holder, key, STAND_INS[key]);
  }
  return copy;
}

/** The value without what is wrong in it, so that what depends on several keys can be checked in the same run. */
function without(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const issue of issues) {
    const unknown = issue.code === "unrecognized_keys" ? issue.keys : [];
    const paths = unknown.length > 0 ? unknown.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of paths) remove(copy, path);
  }
  return copy;
}

function remove(value: unknown, path: Path): void {
  const holder = valueAt(value, path.slice(0, -1));
  const last = path.at(-1);
  if (last !== undefined && (isObject(holder) || Array.isArray(holder))) Reflect.deleteProperty(holder, last);
}

/** Own keys only: a target may be called `constructor`. */
function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      (isObject(at) || Array.isArray(at)) && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined,
    value,
  );
}

/** A target's own keys win; inside a mapping such as `demand`, key by key. */
function withDefaults(value: unknown, given: unknown): unknown {
  if (!isObject(value) || !isObject(value["targets"]) || !isObject(given)) return value;
  const targets = Object.entries(value["targets"]).map(([id, target]) => [
    id,
    isObject(target) ? { ...target, ...merged(given, target) } : target,
  ]);
  return { ...value, targets: Object.fromEntries(targets) };
}

function merged(given: Record<string, unknown>, target: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(given).map(([key, fallback]) => {
    const own = target[key];
    if (own === undefined) return [key, fallback];
    return [key, isObject(own) && isObject(fallback) ? { ...fallback, ...own } : own];
  });
  return Object.fromEntries(entries);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const refuse = (message: string): PolicyResult => ({ kind: "problems", problems: [{ path: "", message }] });
