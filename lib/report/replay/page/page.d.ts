/** The data of the replay's page. */
type PageData = import("../pageData.ts").PageData;
type PageRun = import("../pageData.ts").PageRun;
type PageDecision = import("../pageData.ts").PageDecision;
