/** The data of the forecast's page. */
type Shown = import("../../../core/forecast/show/result.ts").ShownForecast;
type LeadScore = import("../../../core/forecast/show/result.ts").LeadScore;
/** What is drawn: one time a slot, and a value of each line there or null. */
interface ChartColumns {
  times: Float64Array;
  past: (number | null)[];
  naive: (number | null)[];
  /** By level of the result. */
  quantiles: (number | null)[][];
}
