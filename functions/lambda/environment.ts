/** What the stack tells the functions through their environment. */
import { z } from "zod";
import { ENVIRONMENT } from "../../lib/contract/environment.ts";

export type Environment = Readonly<Record<keyof typeof ENVIRONMENT, string>>;

/** Reads the variables. Throws one Error that names every one that is missing or empty, so that a bad deploy is mended at once. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const names = Object.entries(ENVIRONMENT);
  const shape = Object.fromEntries(names.map(([, name]) => [name, z.string().min(1)]));
  const parsed = z.object(shape).safeParse(variables);
  if (!parsed.success) {
    const missing = parsed.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new Error(
      `environment variables are missing or empty: ${missing}; the stack sets them, deploy it again`,
    );
  }
  return Object.fromEntries(names.map(([key, name]) => [key, parsed.data[name]])) as Environment;
}
