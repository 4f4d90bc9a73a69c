/** `forewarm forecast`: look at one target's forecast, or compare forecasters over traces. */
import { Command } from "commander";
import { forecastCompareCommand } from "./forecastCompare.ts";
import { forecastShowCommand } from "./forecastShow.ts";

/** Its sub-commands load what they run only when they run. */
export function forecastCommand(): Command {
  return new Command("forecast")
    .description("Show one forecast, or compare forecasters over traces")
    .addCommand(forecastShowCommand())
    .addCommand(forecastCompareCommand());
}
