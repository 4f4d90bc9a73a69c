/** Each bundle, loaded and invoked by Node as an ES module, exactly as it is deployed. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { bundleFunctions } from "../../lib/infra/bundleFunctions.ts";
import { FUNCTION_NAMES } from "../../lib/infra/functionNames.ts";
import { aLockingPolicy } from "../core/arrange.ts";
import { invokeBundle } from "./invokeBundle.ts";

const MOST_BYTES = 2 * 1024 * 1024;
const policy = { targets: [aLockingPolicy()], promotions: [] };
const out = mkdtempSync(join(tmpdir(), "forewarm-bundles-"));

beforeAll(async () => {
  await bundleFunctions(fileURLToPath(new URL("../../functions", import.meta.url)), out);
}, 60_000);
afterAll(() => rmSync(out, { recursive: true, force: true }));

describe.each(FUNCTION_NAMES)("the bundle of %s", (name) => {
  it("is at most 2 MB", () => {
    expect(statSync(join(out, name, "index.mjs")).size).toBeLessThanOrEqual(MOST_BYTES);
  });

  it("loads, parses, sets a malformed event aside, logs that and counts it", async () => {
    const { answer, error, printed } = await invokeBundle(join(out, name), policy, { kind: "nonsense" });
    expect(error).toBeUndefined();
    expect(answer).toEqual({ setAside: expect.stringMatching(/\w+/) });
    const lines = printed.split("\n").filter((line) => line.startsWith("{"));
    const logs = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(logs).toContainEqual(
      expect.objectContaining({
        level: "WARN",
        message: "an event was set aside",
        service: "Forewarm",
        function_request_id: "request-1",
      }),
    );
    expect(logs).toContainEqual(
      expect.objectContaining({ service: "Forewarm", SetAside: 1, _aws: expect.anything() }),
    );
  }, 20_000);

  it("refuses to start when the environment is not the stack's, and names all that is missing", async () => {
    const { error } = await invokeBundle(
      join(out, name),
      policy,
      {},
      { FOREWARM_TABLE: "", FOREWARM_TOPIC_ARN: "" },
    );
    expect(error).toContain("FOREWARM_TABLE, FOREWARM_TOPIC_ARN");
  }, 20_000);
});
