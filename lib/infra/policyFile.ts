/** Which policy the app deploys. */

export interface PolicyFile {
  readonly path: string;
  /** What the person should know about the choice; null when it was theirs. */
  readonly note: string | null;
}

export interface PolicyFileSources {
  /** `-c policy=…` */
  readonly context: unknown;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
  readonly example: string;
}

const USUAL = "forewarm.yaml";

/** What was asked for, else `forewarm.yaml` of the working directory, else the example. Throws an Error for an empty wish. */
export function policyFileOf({ context, environment, exists, example }: PolicyFileSources): PolicyFile {
  const wished = context ?? environment["FOREWARM_POLICY_FILE"];
  if (wished !== undefined) {
    if (typeof wished === "string" && wished !== "") return { path: wished, note: null };
    throw new Error(`got ${JSON.stringify(wished)} for the policy; allowed: the path of a YAML file`);
  }
  if (exists(USUAL)) return { path: USUAL, note: null };
  const note = `There is no ${USUAL} here, so this is the example ${example}; name your own with -c policy=PATH.`;
  return { path: example, note };
}
