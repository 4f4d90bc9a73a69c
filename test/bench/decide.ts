/** `npm run bench`: the time of one decision, with everything on. A measurement, not a test: it asserts nothing. */

import { readFileSync } from "node:fs";
import { decide } from "../../lib/core/decide/decide.ts";
import type { Situation } from "../../lib/core/decision.ts";
import { LEVELS } from "../../lib/core/forecast/bands.ts";
import { HORIZONS_SECONDS } from "../../lib/core/forecast/conditional/measureErrors.ts";
import { EMPTY_MEMORY, type Memory } from "../../lib/core/memory.ts";
import type { Series } from "../../lib/core/reading.ts";
import { parsePolicyText } from "../../lib/policy/parsePolicy.ts";

const result = parsePolicyText(
  readFileSync(new URL("../../examples/thresholds.yaml", import.meta.url), "utf8"),
);
if (result.kind === "problems") throw new Error(JSON.stringify(result.problems));
const [policy] = result.policy.targets;
if (policy === undefined) throw new Error("no target");

const START = 1_762_790_400;
const minutes = (
  metric: string,
  statistic: Series["statistic"],
  end: number,
  of: (minute: number) => number,
  count = 60,
) => ({
  metric,
  statistic,
  end,
  values: Array.from({ length: count }, (_, i) => of(end / 60 - count + i)),
});

function situationAt(i: number): Situation {
  const now = START + i * 60;
  const wave = (minute: number): number => 1200 + 700 * Math.sin(minute / 200) + 40 * Math.sin(minute * 7);
  const start = Math.floor((now - 3600) / 300) * 300;
  return {
    now,
    capacity: { desired: 8, ready: 8, locked: null, changedAt: null, problem: null, minimum: null },
    load: minutes("invocations", "sum", now, wave),
    metrics: policy!.rules.map((rule) =>
      minutes(rule.metric, rule.statistic, now, (m) => 50 + 30 * Math.sin(m / 9), rule.ofMinutes),
    ),
    forecast: {
      kind: "known",
      model: "ensemble",
      madeAt: now - 3600,
      slotSeconds: 300,
      start,
      median: Array.from({ length: 49 }, (_, slot) => wave(start / 60 + slot * 5)),
      scale: Array.from({ length: 49 }, () => 1.2),
      naive: Array.from({ length: 49 }, (_, slot) => 1.05 * wave(start / 60 + slot * 5)),
      minuteOfHour: new Array<number>(60).fill(1),
      bands: {
        leadsSeconds: [21_600, 86_400],
        levels: LEVELS,
        quantiles: [1, 1.5].map((wide) => LEVELS.map((level) => wide * (level - 0.4))),
      },
      historyEnd: now - 3600,
      errors: {
        horizonsSeconds: HORIZONS_SECONDS,
        levels: LEVELS,
        response: HORIZONS_SECONDS.map(() => [0, 0.1, 0.2, 0.3, 0, 0, 0.1, 0, 0.2, 0.1, 0]),
        spread: HORIZONS_SECONDS.map(() => [0.5, 0.2, 0.01, 0.1]),
        size: HORIZONS_SECONDS.map(() => [1.2]),
        quantiles: HORIZONS_SECONDS.map((_, h) => LEVELS.map((level) => (1 + h / 10) * (1 + level))),
      },
    },
    promotions: [
      {
        id: "p",
        name: "p",
        target: policy!.id,
        start: now + 1800,
        end: now + 7200,
        expect: { multiplier: 3 },
        priority: 0,
      },
    ],
    overrides: [],
  };
}

const situations = Array.from({ length: 2000 }, (_, i) => situationAt(i));
const times: number[] = [];
let memory: Memory = EMPTY_MEMORY;
for (let round = 0; round < 10; round++) {
  for (const situation of situations) {
    const before = performance.now();
    const decision = decide(policy, situation, memory);
    const after = performance.now();
    memory = decision.memory;
    if (round >= 2) times.push((after - before) * 1000);
  }
}
times.sort((a, b) => a - b);
const at = (share: number): string => (times[Math.floor(share * times.length)] as number).toFixed(1);
process.stdout.write(
  `decide(): median ${at(0.5)} µs, 95 % ${at(0.95)} µs, 99 % ${at(0.99)} µs over ${times.length} decisions\n`,
);
