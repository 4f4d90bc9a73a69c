import { describe, expect, it } from "@jest/globals";
import { InMemoryForecastStore } from "../../../lib/adapters/memory/inMemoryForecastStore.ts";
import { sayShown } from "../../../lib/cli/forecast/sayShown.ts";
import { shownTarget, type TargetView } from "../../../lib/cli/forecast/shownTarget.ts";
import { DAY_SECONDS, HOUR_SECONDS } from "../../../lib/core/time.ts";
import { aPolicy, instant, repeat } from "../../core/arrange.ts";
import { aForecastDay } from "../../core/forecast/aForecastDay.ts";

const AT = instant("2025-11-11T12:00Z");

async function aView(parts: Partial<TargetView> = {}): Promise<TargetView> {
  const forecasts = new InMemoryForecastStore();
  await forecasts.put(["2025-11-11", "2025-11-12", "2025-11-13"].map((day) => aForecastDay({ day })));
  const history: TargetView["metrics"]["history"] = async (_query, from, to) => ({
    start: from,
    stepSeconds: 60,
    values: repeat((to - from) / 60, 120),
  });
  return {
    policy: aPolicy(),
    table: "Forewarm",
    forecasts,
    metrics: { history },
    at: AT,
    aheadSeconds: DAY_SECONDS,
    ...parts,
  };
}

const failing =
  (message: string, name = "Error") =>
  async (): Promise<never> => {
    throw Object.assign(new Error(message), { name });
  };

describe("a target's stored forecast", () => {
  it("is shown from now on, beside two weeks of its load", async () => {
    const shown = await shownTarget(await aView());
    expect(shown).toMatchObject({ name: "chat", source: "table", start: AT, at: AT });
    expect(shown.quantiles[0]).toHaveLength(288);
    expect(shown.past?.values).toHaveLength(14 * 288);
    expect(new Set(shown.past?.values)).toEqual(new Set([120]));
  });

  it("is shown without its past where the metrics cannot be read, and says so", async () => {
    const metrics = { history: failing("AccessDenied: cloudwatch:GetMetricData") };
    const shown = await shownTarget(await aView({ metrics }));
    expect(shown.past).toBeNull();
    expect(shown.notes).toEqual([expect.stringContaining("cloudwatch:GetMetricData")]);
    expect(sayShown(shown, 100)).toContain("note: AccessDenied");
  });

  it.each<readonly [string, Partial<TargetView>, RegExp]>([
    [
      "nothing is stored for the moment",
      { at: AT + 30 * DAY_SECONDS },
      /no forecast of chat is stored for 2025-12-11 in Forewarm/,
    ],
    [
      "it is of an older version",
      { forecasts: { get: async () => [{ version: "outdated", target: "chat", day: "2025-11-11" }] } },
      /older version; it will be replaced at the next refresh/,
    ],
    [
      "there are no credentials",
      {
        forecasts: {
          get: failing("Could not load credentials from any providers", "CredentialsProviderError"),
        },
      },
      /forecasts in Forewarm cannot be read: no AWS credentials were found .* AWS_PROFILE/,
    ],
    ["there is no region", { forecasts: { get: failing("Region is missing") } }, /set AWS_REGION/],
    [
      "there is no such table",
      { forecasts: { get: failing("Requested resource not found", "ResourceNotFoundException") } },
      /no such table in this account and region/,
    ],
  ])("is an error that says what to do when %s", async (_case, parts, message) => {
    await expect(shownTarget(await aView(parts))).rejects.toThrow(message);
  });

  it("reads only the days that it shows", async () => {
    const asked: string[][] = [];
    const view = await aView();
    const forecasts = {
      get: async (target: string, days: readonly string[]) => {
        asked.push([...days]);
        return view.forecasts.get(target, days);
      },
    };
    await shownTarget({ ...view, forecasts, aheadSeconds: 12 * HOUR_SECONDS });
    await shownTarget({ ...view, forecasts, aheadSeconds: 13 * HOUR_SECONDS });
    expect(asked).toEqual([["2025-11-11"], ["2025-11-11", "2025-11-12"]]);
  });
});
