/**
 * The tables of docs/forecasting.md as markdown, from traces (compared here, for minutes) or from a comparison.json:
 * `npm run -s bench:forecasts -- comparison/comparison.json`, or `-- traces/*.csv --filled traces/filled.json`.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ComparedTrace, ForecastComparison } from "../../lib/core/forecast/compare/result.ts";
import { ratioOf, scoreOf } from "../../lib/core/forecast/compare/standings.ts";

const words = process.argv.slice(2);
const [path] = words;
if (path === undefined) throw new Error("name traces, or a comparison.json");
const result = JSON.parse(
  path.endsWith(".json") ? readFileSync(path, "utf8") : compared(),
) as ForecastComparison;
const { settings, standings, forecasters, reference, traces } = result;

function compared(): string {
  const program = fileURLToPath(new URL("../../bin/forewarm.ts", import.meta.url));
  const { stdout, status } = spawnSync(
    process.execPath,
    [program, "forecast", "compare", ...words, "--json"],
    {
      encoding: "utf8",
      maxBuffer: 1 << 30,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

const write = (text: string): void => void process.stdout.write(text);
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
const head = (cells: readonly string[]): string =>
  row(cells) + row(cells.map((_, i) => (i === 0 ? "---" : "--:")));
const say = (value: number | null | undefined, digits = 2): string => value?.toFixed(digits) ?? "–";
const labelOf = (name: string): string => forecasters.find((each) => each.name === name)?.label ?? name;
const upper = settings.levels.indexOf(0.95);
const highest = settings.levels.indexOf(0.99);

function overall(): void {
  const leads = settings.leadsSeconds.map((end, b, ends) => `${(ends[b - 1] ?? 0) / 3600}–${end / 3600} h`);
  write(
    head([
      `÷ ${labelOf(reference).toLowerCase()}`,
      "WQL",
      ...settings.levels.map((level) => `loss at ${level}`),
      ...leads,
      "better / same / worse",
      "worst trace",
      "covers 0.95",
      "covers 0.99",
      "s per fit",
    ]),
  );
  for (const each of standings) {
    write(
      row([
        labelOf(each.forecaster),
        say(each.wqlRatio),
        ...[...each.lossRatios, ...each.leadRatios].map((ratio) => say(ratio)),
        `${each.wins} / ${each.ties} / ${each.losses}`,
        each.worst === null ? "–" : `${say(each.worst.ratio)} ${each.worst.trace}`,
        say(each.coverage[upper], 3),
        say(each.coverage[highest], 3),
        each.secondsPerFit === null ? "–" : each.secondsPerFit.toPrecision(2),
      ]),
    );
  }
}

function byTrace(): void {
  const names = standings.map(({ forecaster }) => forecaster);
  write(
    head([
      "WQL ÷ the reference's",
      "origins",
      ...names.map(labelOf),
      `its own covers 0.95 (${labelOf(names[0] ?? "")})`,
    ]),
  );
  for (const trace of traces) {
    const ratios = names.map((name) => say(ratioIn(trace, name)));
    write(
      row([
        trace.name,
        String(trace.origins.length),
        ...ratios,
        say(scoreOf(trace, names[0] ?? "")?.coverage[upper], 3),
      ]),
    );
  }
}

const ratioIn = (trace: ComparedTrace, name: string): number | null =>
  ratioOf(scoreOf(trace, name)?.wql ?? null, scoreOf(trace, reference)?.wql ?? null);

overall();
write("\n");
byTrace();
for (const { forecaster, replacedOrigins } of standings) {
  if (replacedOrigins > 0)
    write(`\n${labelOf(forecaster)}: the reference counted in its place at ${replacedOrigins} origins.\n`);
}
