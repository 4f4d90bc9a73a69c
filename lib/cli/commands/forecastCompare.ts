/** `forewarm forecast compare`: how well each forecaster's quantiles fit what came, by rolling origin over traces. */
import { Command } from "commander";

export function forecastCompareCommand(): Command {
  return new Command("compare")
    .description("Score forecasters over traces by rolling origin: ours, Prophet, MSTL+ETS and the naive ones")
    .argument("<traces...>", "CSV files (timestamp,requests; also gzipped), or folders of them")
    .action(async () => undefined);
}
