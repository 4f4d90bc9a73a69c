/** The policy that was deployed with the code. It was validated when the stack was synthesised. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Policy } from "../../lib/core/policy.ts";
import { TARGET_KINDS } from "../../lib/core/policy.ts";

/** Enough to tell a damaged or foreign file from ours; the stack's own check was complete. */
const shape = z.object({
  targets: z
    .array(
      z.looseObject({ id: z.string().min(1), kind: z.enum(TARGET_KINDS), rules: z.array(z.looseObject({})) }),
    )
    .min(1),
  promotions: z.array(z.looseObject({ id: z.string().min(1), target: z.string().min(1) })),
});

/** Reads the policy from a file. Throws an Error that names the file when it is not there or not a policy. */
export function readDeployedPolicy(file: URL | string): Policy {
  try {
    const json: unknown = JSON.parse(readFileSync(file, "utf8"));
    shape.parse(json);
    return json as Policy;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${String(file)} holds no policy: ${why}; deploy the stack again`, { cause: error });
  }
}
