/** The page of one forecast: everything in the result is data to it, never markup or code. */
import type { ShownForecast } from "../../core/forecast/show/result.ts";
import { documentText, shared } from "../document.ts";

/** In the order in which they build on each other. */
const SCRIPTS = ["heading.js", "chart.js", "scores.js", "about.js", "main.js"] as const;

/** The page in pieces. */
export function forecastText(shown: ShownForecast): Generator<string> {
  return documentText({
    title: `Forewarm: forecast of ${shown.name}`,
    scripts: [
      ...["elements.js", "format.js", "theme.js"].map(shared),
      ...SCRIPTS.map((name) => new URL(`page/${name}`, import.meta.url)),
    ],
    styles: [shared("page.css"), new URL("page/forecast.css", import.meta.url)],
    data: [JSON.stringify(shown)],
  });
}
