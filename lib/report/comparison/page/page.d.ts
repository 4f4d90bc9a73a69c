/** The data of the comparison's page. */
type Comparison = import("../../../core/forecast/compare/result.ts").ForecastComparison;
type ComparedTrace = Comparison["traces"][number];
type ForecasterScore = ComparedTrace["scores"][number];
type Standing = Comparison["standings"][number];
/** What is shown: a measure by its name, and the forecaster that is looked at. */
interface ComparisonView {
  measure: string;
  forecaster: string;
}
/** A score of one forecaster over one trace, and how it is called. */
interface Measure {
  name: string;
  text: string;
  of: (score: ForecasterScore) => number | null;
  standing: (standing: Standing) => number | null;
}
