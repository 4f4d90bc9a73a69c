/** Which model forecasts a target. */
import type { TargetPolicy } from "../policy.ts";
import { level } from "./candidates/level.ts";
import { ensemble } from "./ensemble.ts";
import type { ForecastModel } from "./forecast.ts";

const SEASONAL = ensemble();

/** A flat path: all that is known of the next minutes is what the last hour says of them, which is learned as ever. */
const LEVEL_ALONE = ensemble([level], "level");

export function forecastModelOf({ demand }: Pick<TargetPolicy, "demand">): ForecastModel {
  return demand.forecast === "on" ? SEASONAL : LEVEL_ALONE;
}
