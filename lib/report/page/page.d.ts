/** What the page's scripts share: they are joined into one scope and see each other's functions. */
type uPlotChart = import("uplot").default;
declare const uPlot: typeof import("uplot").default;
type PageData = import("../pageData.ts").PageData;
type PageRun = import("../pageData.ts").PageRun;
type PageDecision = import("../pageData.ts").PageDecision;
