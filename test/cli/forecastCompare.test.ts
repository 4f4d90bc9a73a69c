/** `forewarm forecast compare` end to end on small traces, with real processes: what it prints, writes and refuses. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { COMPARISON_SCHEMA, type ForecastComparison } from "../../lib/core/forecast/compare/result.ts";
import { DAY_SECONDS, isoOf } from "../../lib/core/time.ts";
import { MONDAY, weekly } from "../core/forecast/compare/arrange.ts";
import { type Folder, run, tempFolder } from "./arrange.ts";

const csv = (days: number, load: (at: number) => number): string =>
  `timestamp,requests\n${Array.from({ length: days * 24 }, (_, hour) => {
    const at = MONDAY + hour * 3600;
    return `${isoOf(at)},${Math.round(load(at) * 60)}\n`;
  }).join("")}`;

/** As the LSTM's example writes them: hourly, from two ends of the history. */
const rows = [8, 9].map((day) => {
  const at = MONDAY + day * DAY_SECONDS;
  const middle = Array.from({ length: 24 }, (_, hour) => weekly(at + hour * 3600));
  return {
    schema: "forewarm.forecast-rows/1",
    model: "oracle",
    madeAt: at,
    historyEnd: at,
    slotSeconds: 3600,
    start: at,
    levels: [0.5, 0.99],
    quantiles: [middle, middle],
  };
});

let folder: Folder;
beforeAll(async () => {
  folder = await tempFolder();
  await folder.write("week.csv", csv(12, weekly));
  await folder.write(
    "noise.csv",
    csv(12, (at) => weekly(at) + ((at / 3600) % 5)),
  );
  await folder.write("short.csv", csv(1, weekly));
  await folder.write("rows.jsonl", rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  await folder.write("bad.jsonl", JSON.stringify({ ...rows[0], levels: [0.5, 0.6] }));
  await folder.write(
    "filled.json",
    JSON.stringify({ "week.csv": [{ start: "2025-01-06T00:00:00Z", end: "2025-01-07T00:00:00Z" }] }),
  );
});
afterAll(() => folder.remove());

const compare = (...words: string[]) => run("forecast", "compare", ...words, "--workers", "1");

describe("a comparison of forecasters", () => {
  it("prints the table, writes the page and the JSON, and sets a short trace aside", async () => {
    const traces = ["week.csv", "noise.csv", "short.csv"].map((name) => folder.of(name));
    const { code, out, err } = await compare(
      ...traces,
      "--models",
      "naive-day,mstl-ets",
      "--out",
      folder.of("out"),
    );
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^set aside: .*short\.csv: got 1\.0 days/),
    });
    expect(out).toContain("MSTL + ETS");
    expect(out).toContain("over 2 traces and 10 origins, next 24 h");
    const result = JSON.parse(await readFile(folder.of("out/comparison.json"), "utf8")) as ForecastComparison;
    expect(result).toMatchObject({
      schema: COMPARISON_SCHEMA,
      reference: "naive-week",
      settings: { horizonSeconds: DAY_SECONDS, historyDays: 28, mostOrigins: 7 },
      setAside: [{ trace: folder.of("short.csv") }],
    });
    expect(result.traces.map(({ name }) => name)).toEqual(["week", "noise"]);
    expect(new Set(result.traces[0]?.scores.map(({ forecaster }) => forecaster))).toEqual(
      new Set(["naive-week", "naive-day", "mstl-ets"]),
    );
    expect(await readFile(folder.of("out/comparison.html"), "utf8")).toContain(
      "Forewarm: forecasters compared",
    );
  });

  it("prints JSON and nothing else, the same whatever the workers", async () => {
    const words = [folder.of("noise.csv"), "--models", "naive-day,naive-week", "--json"];
    const withoutTimes = (text: string) =>
      JSON.parse(text, (key, value) => (key === "secondsPerFit" ? null : value)) as ForecastComparison;
    const [one, two] = [
      await compare(...words),
      await run("forecast", "compare", ...words, "--workers", "2"),
    ];
    expect(withoutTimes(one.out)).toEqual(withoutTimes(two.out));
  });

  it("scores rows of another model at the ends of history that they have", async () => {
    const words = ["--rows", folder.of("rows.jsonl"), "--models", "naive-day", "--json"];
    const { out } = await compare(folder.of("noise.csv"), ...words);
    const [trace] = (JSON.parse(out) as ForecastComparison).traces;
    expect(trace?.origins).toEqual(rows.map(({ historyEnd }) => historyEnd));
    const oracle = trace?.scores.find(({ forecaster }) => forecaster === "oracle");
    expect(oracle).toMatchObject({ replaced: [], secondsPerFit: null });
    expect(oracle?.wql).toBeGreaterThan(0);
  });

  it("leaves filled steps out", async () => {
    const words = [folder.of("week.csv"), "--models", "naive-week", "--json"];
    const { out } = await compare(...words, "--filled", folder.of("filled.json"));
    expect((JSON.parse(out) as ForecastComparison).traces[0]?.missingShare).toBeCloseTo(1 / 12, 9);
  });

  it.each([
    [["--models", "arima"], "--models: got arima, allowed are ours, prophet"],
    [["--horizon", "soon"], "--horizon: got soon"],
    [["--rows", "bad.jsonl"], "the highest is 0.6, at least 0.9 is needed"],
    [["--rows", "absent.jsonl"], "there is no such file"],
    [["--filled", "rows.jsonl"], "--filled:"],
  ])("refuses %j with the code of bad usage", async ([option, word], why) => {
    const path = word?.includes(".json") === true ? folder.of(word) : (word as string);
    const { code, err } = await compare(folder.of("week.csv"), option as string, path);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });

  it("refuses rows that name no trace beside several, and a model with a name of ours", async () => {
    const several = await compare(
      folder.of("week.csv"),
      folder.of("noise.csv"),
      "--rows",
      folder.of("rows.jsonl"),
    );
    expect(several).toMatchObject({
      code: 2,
      err: expect.stringContaining('rows without "series" and 2 traces'),
    });
    await folder.write("taken.jsonl", JSON.stringify({ ...rows[0], model: "ours" }));
    const taken = await compare(folder.of("week.csv"), "--rows", folder.of("taken.jsonl"));
    expect(taken).toMatchObject({
      code: 2,
      err: expect.stringContaining("has the name of another forecaster"),
    });
  });

  it("fails when no trace is left", async () => {
    const { code, err } = await compare(folder.of("short.csv"), "--models", "naive-day");
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("no trace could be compared") });
  });
});
