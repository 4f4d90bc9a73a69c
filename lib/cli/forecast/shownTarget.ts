/** The forecast of a target as it is stored, beside the load that its metrics tell of. */
import type { ForecastDay } from "../../core/forecast/forecast.ts";
import { historyOf } from "../../core/forecast/history.ts";
import type { ShownForecast, ShownSeries } from "../../core/forecast/show/result.ts";
import { followOn, pastOf, SHOWN_PAST_SECONDS, shownDays } from "../../core/forecast/show/shownForecast.ts";
import type { TargetPolicy } from "../../core/policy.ts";
import { DAY_SECONDS, type EpochSeconds, floorTo, MINUTE_SECONDS, utcDayOf } from "../../core/time.ts";
import type { ForecastStore } from "../../ports/forecastStore.ts";
import type { MetricSource } from "../../ports/metricSource.ts";
import { UsageError } from "../exit.ts";

export interface TargetView {
  readonly policy: TargetPolicy;
  readonly table: string;
  readonly forecasts: Pick<ForecastStore, "get">;
  readonly metrics: Pick<MetricSource, "history">;
  readonly at: EpochSeconds;
  readonly aheadSeconds: number;
}

/** Throws a UsageError where nothing is stored, and an Error that says what to do where the table cannot be read. */
export async function shownTarget(view: TargetView): Promise<ShownForecast> {
  const { policy, at, aheadSeconds } = view;
  const days = followOn(await storedDays(view));
  const [first] = days;
  if (first?.day !== utcDayOf(at)) {
    throw new UsageError(
      `no forecast of ${policy.id} is stored for ${utcDayOf(at)} in ${view.table}; it is made every six hours once there is a whole day of history`,
    );
  }
  const { past, why } = await pastLoad(view, first.slotSeconds);
  return shownDays(
    days,
    past,
    { at, aheadSeconds },
    {
      name: policy.id,
      timeZone: policy.timeZone,
      masked: [],
      notes: why === null ? [] : [why],
      leads: null,
    },
  );
}

async function storedDays({
  policy,
  table,
  forecasts,
  at,
  aheadSeconds,
}: TargetView): Promise<readonly ForecastDay[]> {
  const first = floorTo(at, DAY_SECONDS);
  const count = Math.floor((at + aheadSeconds - first - 1) / DAY_SECONDS) + 1;
  const names = Array.from({ length: count }, (_, i) => utcDayOf(first + i * DAY_SECONDS));
  const stored = await forecasts.get(policy.id, names).catch((error: Error) => {
    throw new Error(`the forecasts in ${table} cannot be read: ${sayFailure(error)}`);
  });
  if (stored[0]?.version === "outdated") {
    throw new UsageError(
      `the forecast of ${policy.id} for ${stored[0].day} is of an older version; it will be replaced at the next refresh`,
    );
  }
  return stored.filter((day) => day.version !== "outdated");
}

/** The last two weeks of the load; none, and why, where they cannot be read. */
async function pastLoad(
  { policy, metrics, at }: TargetView,
  slotSeconds: number,
): Promise<{ readonly past: ShownSeries | null; readonly why: string | null }> {
  const { id, load } = policy;
  if (load === null) return { past: null, why: "the policy states no load" };
  const until = floorTo(at - MINUTE_SECONDS, slotSeconds);
  const query = { target: id, metric: load.metric, statistic: load.statistic };
  try {
    const samples = await metrics.history(query, until - SHOWN_PAST_SECONDS, until);
    return { past: pastOf(historyOf(samples, [], slotSeconds)), why: null };
  } catch (error) {
    return { past: null, why: sayFailure(error as Error) };
  }
}

/** Names that the AWS SDK gives to a missing table, region or identity, each with what to do. */
function sayFailure({ name, message }: Error): string {
  if (name === "CredentialsProviderError" || /credentials/i.test(message)) {
    return `no AWS credentials were found (${message}); set AWS_PROFILE, or run aws sso login`;
  }
  if (/region is missing/i.test(message)) return "no AWS region is set; set AWS_REGION";
  if (name === "ResourceNotFoundException") return "there is no such table in this account and region";
  return message;
}
