/**
 * `npm run bench:tick`: one tick over many targets, through the real entry and adapters, with AWS answered in this
 * process after 30 ms a call. A measurement, not a test: it asserts nothing.
 */
import { onTick } from "../../functions/on-tick/onTick.ts";
import { fleetOf } from "./aws/fleet.ts";
import { deploy, invoke, quietly, START } from "./aws/runtime.ts";

const TARGETS = Number(process.argv[2] ?? 200);
const TICKS = 6;
const LATENCY_MILLISECONDS = 30;

const mode = { mode: process.argv[3] ?? "shadow" };
const { runtime, clock, calls, stop } = await deploy(fleetOf(TARGETS, mode), LATENCY_MILLISECONDS);
const handler = onTick(runtime);
process.stdout.write(
  `before the first tick: ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB resident\n`,
);
for (let tick = 0; tick < TICKS; tick++) {
  clock.set(START + tick * 60);
  const before = new Map(calls.count);
  const start = performance.now();
  let answer: unknown;
  await quietly(async () => {
    answer = await invoke(handler, "tick", clock);
  });
  const seconds = (performance.now() - start) / 1000;
  const made = [...calls.count].map(
    ([name, n]) => `${name.replace("Command", "")} ${n - (before.get(name) ?? 0)}`,
  );
  process.stdout.write(
    `tick ${tick + 1}: ${seconds.toFixed(2)} s, ${JSON.stringify(answer)}; ${made.join(", ")}\n`,
  );
}
const { heapUsed, rss } = process.memoryUsage();
process.stdout.write(
  `now ${(rss / 2 ** 20).toFixed(0)} MB resident, ${(heapUsed / 2 ** 20).toFixed(0)} MB of heap\n`,
);
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${TARGETS} targets, at most ${megabytes.toFixed(0)} MB resident\n`);
stop();
