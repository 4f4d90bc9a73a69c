/** What all pages' scripts see: they are joined into one scope and see each other's functions. */
type uPlotChart = import("uplot").default;
declare const uPlot: typeof import("uplot").default;
