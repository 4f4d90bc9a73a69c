/** How much a unit would carry, from how busy its devices were: where no load beyond the objective was ever seen. */
import { median } from "../quantile.ts";
import type { SteadyMinute } from "./minutes.ts";

/** A device is planned to this share of its time: beyond it waits grow faster than the load. */
const BUSY_PERCENT = 80;

/** Less busy minutes say nothing about full ones. */
const IDLE_PERCENT = 20;

/** The busiest tenth speaks, since it is nearest to what is asked; 36 minutes of it at least. */
const TOP_SHARE = 0.1;
const FEWEST_TOP = 36;

/** The lower and the upper group that tell the slope must be so far apart in load. */
const FAR_APART = 1.3;

/**
 * The load per unit at which the devices would be busy for 80 % of the time, or why that cannot be told. Minutes are
 * ascending by load. Utilization in proportion to the load, by the busiest minutes; where it grows faster than that, by
 * the line through them and less busy ones.
 */
export function busyLoad(minutes: readonly SteadyMinute[]): number | { readonly why: string } {
  const known = minutes.filter((each) => !(each.isBeyond || Number.isNaN(each.utilization)));
  if (known.length < FEWEST_TOP) return { why: "utilization is not known" };
  const top = known.slice(-Math.max(FEWEST_TOP, Math.ceil(TOP_SHARE * known.length)));
  const high = middleOf(top);
  if (high.utilization < IDLE_PERCENT) {
    return {
      why: `the busiest minutes were ${Math.round(high.utilization)} % busy, below ${IDLE_PERCENT} %`,
    };
  }
  const inProportion = (high.load * BUSY_PERCENT) / high.utilization;
  const low = middleOf(known.slice(0, -top.length));
  if (!(high.load >= FAR_APART * low.load && high.utilization > low.utilization)) return inProportion;
  const slope = (high.utilization - low.utilization) / (high.load - low.load);
  return Math.min(inProportion, high.load + (BUSY_PERCENT - high.utilization) / slope);
}

function middleOf(minutes: readonly SteadyMinute[]): { readonly load: number; readonly utilization: number } {
  return {
    load: median(minutes.map((each) => each.loadPerUnit)),
    utilization: median(minutes.map((each) => each.utilization)),
  };
}
