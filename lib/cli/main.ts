/** The command line: parses words, runs one command, and turns what happened into an exit code. */
import { Command, CommanderError } from "commander";
import { demoCommand } from "./commands/demo.ts";
import { explainCommand } from "./commands/explain.ts";
import { forecastCommand } from "./commands/forecast.ts";
import { policyCommand } from "./commands/policy.ts";
import { replayCommand } from "./commands/replay.ts";
import { scoreCommand } from "./commands/score.ts";
import { EXIT_DONE, EXIT_FAILED, EXIT_USAGE, UsageError } from "./exit.ts";
import { versionOf } from "./version.ts";

/** Runs `forewarm` with these words. 0 done, 1 failed, 2 bad usage; messages go to standard error. */
export async function main(words: readonly string[]): Promise<number> {
  const program = new Command("forewarm")
    .description("Keeps GPU inference on AWS warm before the traffic comes, and lets it cool when it leaves.")
    .version(versionOf())
    .showHelpAfterError("(run with --help for the options)")
    .exitOverride();
  for (const command of [
    demoCommand(),
    replayCommand(),
    scoreCommand(),
    forecastCommand(),
    explainCommand(),
    policyCommand(),
  ]) {
    program.addCommand(overriding(command));
  }
  try {
    await program.parseAsync(words, { from: "user" });
    return EXIT_DONE;
  } catch (error) {
    return exitCodeOf(error);
  }
}

/** Commander's own process.exit would end a test with the program; sub-commands do not inherit the override. */
function overriding(command: Command): Command {
  command.exitOverride().showHelpAfterError("(run with --help for the options)");
  command.commands.forEach(overriding);
  return command;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_DONE : EXIT_USAGE;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`forewarm: ${message}\n`);
  if (error instanceof UsageError || error instanceof RangeError) return EXIT_USAGE;
  if (process.env["FOREWARM_DEBUG"] !== undefined && error instanceof Error) {
    process.stderr.write(`${error.stack}\n`);
  }
  return EXIT_FAILED;
}
