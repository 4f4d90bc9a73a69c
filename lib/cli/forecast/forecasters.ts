/** The forecasters that a comparison can name. Each is loaded only when it is asked for. */
import type { Candidate } from "../../core/forecast/candidates/candidate.ts";
import type { Forecaster } from "../../core/forecast/compare/forecaster.ts";
import { naiveDay, naiveWeek } from "../../core/forecast/compare/naive.ts";
import { modelForecaster } from "../../core/forecast/compare/ours.ts";
import type { ForecasterName } from "./names.ts";

const ABOUT_OURS =
  "The forecast that the controller stores: a weighted ensemble of robust profiles, with quantiles from its own errors " +
  "(docs/forecasting.md).";

export async function forecasterOf(name: ForecasterName): Promise<Forecaster> {
  switch (name) {
    case "ours": {
      const { ensemble } = await import("../../core/forecast/ensemble.ts");
      return modelForecaster(ensemble(), { name, label: "Forewarm", about: ABOUT_OURS });
    }
    case "naive-week":
      return naiveWeek;
    case "naive-day":
      return naiveDay;
    case "prophet":
      return (await import("../../adapters/augurs/prophet.ts")).prophetForecaster;
    case "mstl-ets":
      return (await import("../../adapters/augurs/mstlEts.ts")).mstlEts;
    case "ours-with-prophet": {
      const { prophetCandidate } = await import("../../adapters/augurs/prophet.ts");
      return oursWith(await prophetCandidate(), name, "Forewarm with Prophet");
    }
    case "ours-with-mstl-ets": {
      const { mstlEtsCandidate } = await import("../../adapters/augurs/mstlEts.ts");
      return oursWith(await mstlEtsCandidate(), name, "Forewarm with MSTL + ETS");
    }
  }
}

async function oursWith(candidate: Candidate, name: ForecasterName, label: string): Promise<Forecaster> {
  const { DEFAULT_CANDIDATES, ensemble } = await import("../../core/forecast/ensemble.ts");
  return modelForecaster(ensemble([...DEFAULT_CANDIDATES, candidate]), {
    name,
    label,
    about: `${ABOUT_OURS} Its candidates and ${candidate.name}.`,
  });
}
