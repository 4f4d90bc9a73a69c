/** Parses what was read from the table: a damaged item is an error that names it, never half an answer. */
import { z } from "zod";
import { TABLE } from "../../../contract/table.ts";
import type { Item } from "./dynamoTable.ts";
import { unpackJson } from "./packJson.ts";

/** Throws an Error that names the item's keys and what is wrong with it. */
export function readItem<T>(schema: z.ZodType<T>, item: Item): T {
  const parsed = schema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new Error(`${sayKeys(item)} cannot be read: ${sayIssues(parsed.error)}; mend or delete the item`);
}

const sayKeys = (item: Item): string =>
  `the item ${String(item[TABLE.partitionKey])} / ${String(item[TABLE.sortKey])}`;

function sayIssues({ issues }: z.ZodError): string {
  return issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join(".") || "it"}: ${message}`)
    .join("; ");
}

/** Bytes as the document client gives them. */
export const bytes = z.instanceof(Uint8Array);

/** Bytes that `packJson` made, of data that keeps the schema. */
export function packed<T>(schema: z.ZodType<T>) {
  return bytes
    .transform((given, context): unknown => {
      try {
        return unpackJson(given);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        context.addIssue({ code: "custom", message: `not packed JSON (${why})` });
        return z.NEVER;
      }
    })
    .pipe(schema);
}
