/** Why a text cannot be read as a trace, in words for the person who gave it. Caught by `parseTrace`, never further up. */
export class TraceProblem extends Error {
  override readonly name = "TraceProblem";
}

export const ALLOWED_FORM =
  "a CSV with the header timestamp,requests[,input_tokens,output_tokens] and one row for each step";

export const ALLOWED_TIMES = "ISO times such as 2025-11-11T08:00:00Z, or seconds or milliseconds since 1970";

/** Something of the file as it is quoted in a message: on one line, and short. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return `"${line.length > 80 ? `${line.slice(0, 80)}…` : line}"`;
}
