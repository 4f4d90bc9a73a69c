import { describe, expect, it } from "@jest/globals";
import { shownDays } from "../../lib/core/forecast/show/shownForecast.ts";
import { forecastText } from "../../lib/report/forecast/renderForecast.ts";
import { instant } from "../core/arrange.ts";
import { aForecastDay } from "../core/forecast/aForecastDay.ts";
import { HOSTILE } from "./aResult.ts";

const AT = instant("2025-11-11T12:00Z");
const shown = shownDays(
  [aForecastDay({ model: HOSTILE })],
  null,
  { at: AT, aheadSeconds: 3_600 },
  {
    name: HOSTILE,
    timeZone: "Asia/Shanghai",
    masked: [{ name: HOSTILE, start: AT - 3_600, end: AT }],
    notes: [HOSTILE],
    leads: null,
  },
);
const page = [...forecastText(shown)].join("");

describe("the page of a forecast", () => {
  it("holds the whole result, as data", () => {
    const [, text = ""] = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(shown)));
  });

  it("has no markup but its own, whatever names say", () => {
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toContain(HOSTILE);
  });

  it("loads nothing", () => {
    expect(page).not.toMatch(/<(?:link|iframe|object|embed|base)\b/i);
    expect(page).toContain("default-src 'none'");
  });
});
