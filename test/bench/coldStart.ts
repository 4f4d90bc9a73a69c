/**
 * `npm run bench:cold`: how long a function takes from importing its bundle to the end of its first call, each time in
 * a new process. The event is set aside, so that no network is in it. A measurement, not a test: it asserts nothing.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleFunctions } from "../../lib/infra/bundleFunctions.ts";
import { FUNCTION_NAMES } from "../../lib/infra/functionNames.ts";
import { invokeBundle } from "../bundle/invokeBundle.ts";
import { fleetOf } from "./aws/fleet.ts";

const RUNS = 7;
const policy = fleetOf(10);
const out = mkdtempSync(join(tmpdir(), "forewarm-cold-"));
try {
  await bundleFunctions(fileURLToPath(new URL("../../functions", import.meta.url)), out);
  for (const name of FUNCTION_NAMES) {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const { milliseconds } = await invokeBundle(join(out, name), policy, { kind: "nonsense" });
      if (milliseconds !== undefined) times.push(milliseconds);
    }
    times.sort((a, b) => a - b);
    const bytes = statSync(join(out, name, "index.mjs")).size;
    const [median = 0, worst = 0] = [times[Math.floor(times.length / 2)], times.at(-1)];
    process.stdout.write(
      `${name.padEnd(20)} ${(bytes / 1e6).toFixed(2)} MB, median ${median.toFixed(0)} ms, worst ${worst.toFixed(0)} ms of ${times.length}\n`,
    );
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}
