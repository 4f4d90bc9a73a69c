/** Refuses what no policy file can hold, so that everything after it may copy, print and walk a value without fear. */
import { type Path, type Problem, sayPath } from "./problems.ts";

/** A policy is seven levels deep. Stops at a value that holds itself, which an object or a YAML alias can. */
const DEEPEST = 32;

const ALLOWED = "texts, numbers, true, false, null, lists and mappings";

/** The first part of `value` that is not plain data, or null when all of it is. */
export function findNotPlain(value: unknown, path: Path = []): (Problem & { readonly at: Path }) | null {
  const refuse = (got: string, at: Path = path) => ({
    at,
    path: sayPath(at),
    message: `got ${got}; allowed: ${ALLOWED}`,
  });
  if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") {
    return refuse(`a ${typeof value}`);
  }
  if (typeof value !== "object" || value === null) return null;
  if (path.length > DEEPEST) {
    return refuse(`more than ${DEEPEST} levels, or a value in itself`, path.slice(0, 3));
  }
  for (const [key, each] of Object.entries(value)) {
    const found = findNotPlain(each, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found !== null) return found;
  }
  return null;
}
