/** The schema of a policy for editors, made from the one that parses it. */
import { z } from "zod";
import { policySchema } from "./schema.ts";

/** JSON schema (draft 2020-12) of what people write. */
export function policyJsonSchema(): object {
  const schema = z.toJSONSchema(policySchema, { io: "input", unrepresentable: "any" });
  return { ...schema, title: "Forewarm policy" };
}
