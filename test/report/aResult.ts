/** A small real result for the page, and the same one with text in it that would do harm if it were not kept as data. */
import { defaultPolicy } from "../../lib/cli/commands/replay.ts";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import type { ReplayResult } from "../../lib/core/replayResult.ts";
import { DAY_SECONDS, HOUR_SECONDS } from "../../lib/core/time.ts";
import { replay } from "../../lib/sim/replay.ts";
import { generateShop } from "../../lib/sim/traces/generateShop.ts";

export const START = Date.UTC(2025, 10, 3) / 1000;

/** A replay of the last of these days; the ones before it are history. */
export async function aResult(days = 2, historySeconds = (days - 1) * DAY_SECONDS): Promise<ReplayResult> {
  const [target] = defaultPolicy().targets as readonly [TargetPolicy];
  const noon = START + historySeconds + 12 * HOUR_SECONDS;
  return replay({
    trace: generateShop({ seed: 1, start: START, days, utcOffsetSeconds: 0 }),
    target,
    promotions: [
      {
        id: "noon-sale",
        name: "noon sale",
        target: target.id,
        start: noon,
        end: noon + 2 * HOUR_SECONDS,
        expect: { multiplier: 1.5 },
        priority: 0,
      },
    ],
    units: 5,
    leadTimeSeconds: null,
    historySeconds,
    platform: "sagemaker",
    seed: 1,
    faults: [],
  });
}

export const HOSTILE = "</script><img src=x onerror=alert(1)><!--<script>\u2028$&";

/** The strings that come from outside, each replaced by markup that would run. */
export function hostile(result: ReplayResult): ReplayResult {
  const [ours, ...others] = result.runs;
  if (ours === undefined) throw new Error("the result has no run");
  return {
    ...result,
    trace: { ...result.trace, name: HOSTILE, setAside: [{ why: HOSTILE, rows: 1, firstLine: 2 }] },
    assumptions: { ...result.assumptions, notes: [HOSTILE] },
    promotions: result.promotions.map((each) => ({ ...each, name: HOSTILE })),
    runs: [
      {
        ...ours,
        label: HOSTILE,
        about: HOSTILE,
        decisions: ours.decisions.map((record) => ({
          ...record,
          decision: {
            ...record.decision,
            reason: HOSTILE,
            needs: record.decision.needs.map((need) => ({ ...need, reason: HOSTILE })),
            notices: [{ kind: HOSTILE, text: HOSTILE }],
          },
        })),
      },
      ...others,
    ],
  };
}

/** Only the first minutes of a result, without its decisions when asked. */
export function cut(result: ReplayResult, minutes: number, withDecisions = true): ReplayResult {
  const end = result.start + minutes * 60;
  return {
    ...result,
    minutes,
    load: result.load.slice(0, minutes),
    runs: result.runs.map((run) => ({
      ...run,
      desired: run.desired.slice(0, minutes),
      ready: run.ready.slice(0, minutes),
      violations: run.violations.slice(0, minutes),
      latencyP95Ms: run.latencyP95Ms.slice(0, minutes),
      actions: run.actions.filter((each) => each.at < end),
      forecast:
        run.forecast === null
          ? null
          : {
              median: run.forecast.median.slice(0, minutes),
              upper: run.forecast.upper.slice(0, minutes),
              off: run.forecast.off.filter((each) => each.to <= end),
            },
      decisions: withDecisions ? run.decisions.filter((each) => each.decision.at < end) : [],
    })),
  };
}

/** The same day again and again: as large as a long replay, without the time that one takes. */
export function repeated(result: ReplayResult, times: number): ReplayResult {
  const rounds = Array.from({ length: times }, (_, i) => i);
  const length = result.minutes * 60;
  const again = <Item>(items: readonly Item[]): Item[] => rounds.flatMap(() => items);
  return {
    ...result,
    minutes: result.minutes * times,
    load: again(result.load),
    runs: result.runs.map((run) => ({
      ...run,
      desired: again(run.desired),
      ready: again(run.ready),
      violations: again(run.violations),
      latencyP95Ms: again(run.latencyP95Ms),
      actions: rounds.flatMap((i) => run.actions.map((each) => ({ ...each, at: each.at + i * length }))),
      forecast:
        run.forecast === null
          ? null
          : { median: again(run.forecast.median), upper: again(run.forecast.upper), off: run.forecast.off },
      decisions: rounds.flatMap((i) =>
        run.decisions.map((record) => ({
          ...record,
          decision: { ...record.decision, at: record.decision.at + i * length },
        })),
      ),
    })),
  };
}
