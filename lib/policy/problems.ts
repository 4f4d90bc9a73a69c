/** What is wrong with a policy, said so that it can be mended. */

export interface Problem {
  /** Where in the policy: `targets.chat.rules[1].for`; empty for the whole. */
  readonly path: string;
  /** From 1, where the policy came from a file. */
  readonly line?: number;
  readonly column?: number;
  /** What was got and what is allowed. */
  readonly message: string;
}

export type Path = readonly PropertyKey[];

/** Told of each problem, with where it stands. */
export type Report = (path: Path, message: string) => void;

/** `targets.chat.rules[1].for` */
export function sayPath(path: Path): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}

/** A value as a person wrote it, short. */
export function sayGot(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** One line for each problem, with the file and the place in it. */
export function formatProblems(problems: readonly Problem[], fileName: string): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const lines = problems.map(({ path, line, column, message }) => {
    const place = line === undefined ? fileName : `${fileName}:${line}:${column ?? 1}`;
    return `  ${place} ${path === "" ? "" : `${path}: `}${message}`;
  });
  return [`${fileName} has ${count}:`, ...lines].join("\n");
}

/** The known word that is nearest to a mistyped one, when it is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const each of known) {
    const distance = editDistance(word.toLowerCase(), each.toLowerCase());
    if (distance < least) {
      least = distance;
      best = each;
    }
  }
  return best;
}

/** Levenshtein's distance: letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
