/** A shown forecast for a terminal: what was, what is expected, and how far to trust it. */
import Table from "cli-table3";
import { sayNumber, sayPercent } from "../../core/decide/say.ts";
import type { LeadScore, ShownForecast } from "../../core/forecast/show/result.ts";
import { DAY_SECONDS, HOUR_SECONDS, isoOf, sayDuration } from "../../core/time.ts";
import { sparkline } from "../sparkline.ts";

/** Days of the past beside the forecast; more would make one day too narrow to read. */
const PAST_DAYS = 3;
const LABEL_WIDTH = 22;
const WIDEST = 96;

/** `columns`: width of the terminal. */
export function sayShown(shown: ShownForecast, columns: number): string {
  return [
    heading(shown),
    lines(shown, Math.max(20, Math.min(WIDEST, columns - LABEL_WIDTH - 24))),
    weightsLine(shown),
    scores(shown),
    ...shown.notes.map((note) => `  note: ${note}`),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function heading({ name, model, at, madeAt, source, slotSeconds, history, masked }: ShownForecast): string {
  const made = source === "table" ? `, made ${isoOf(madeAt)}` : "";
  const gaps =
    history.gaps === 0
      ? "no gap"
      : `${sayPercent(history.missingShare)} missing in ${counted(history.gaps, "gap")}`;
  const windows = masked.length === 0 ? "" : `, ${counted(masked.length, "masked window")}`;
  return [
    `${name} at ${isoOf(at)}: ${model}${made}, slots of ${sayDuration(slotSeconds)}`,
    `  history  ${isoOf(history.from)} to ${isoOf(history.to)} (${sayDuration(history.to - history.from)}), ${gaps}${windows}`,
  ].join("\n");
}

function lines({ past, slotSeconds, quantiles, levels }: ShownForecast, width: number): string {
  const before = past?.values.slice(-Math.round((PAST_DAYS * DAY_SECONDS) / slotSeconds)) ?? [];
  const shownRows = quantiles.slice(0, 2);
  const all = [...before, ...shownRows.flat()].filter((value) => value !== null);
  const top = all.reduce((most, value) => Math.max(most, value), 0);
  const row = (label: string, values: readonly (number | null)[]): string => {
    const known = values.filter((value) => value !== null);
    const highest = known.reduce((most, value) => Math.max(most, value), 0);
    const range = known.length === 0 ? "nothing known" : `at most ${sayNumber(highest)} per minute`;
    return `  ${label.padEnd(LABEL_WIDTH)}${sparkline(values, width, top).padEnd(width)}  ${range}`;
  };
  const ahead = sayDuration((quantiles[0]?.length ?? 0) * slotSeconds);
  const seen = sayDuration(before.length * slotSeconds);
  return [
    ...(past === null ? [] : [row(`last ${seen}`, before)]),
    ...shownRows.map((values, i) => row(`next ${ahead}, ${sayLevel(levels[i] ?? 0)}`, values)),
  ].join("\n");
}

const sayLevel = (level: number): string => (level === 0.5 ? "middle" : sayPercent(level));

function weightsLine({ weights }: ShownForecast): string {
  if (weights.length === 0) return "";
  const byFirst = [...weights].sort((a, b) => (b.weights[0] ?? 0) - (a.weights[0] ?? 0));
  const said = byFirst.map(({ candidate, weights: own }) => `${candidate} ${own.map(twoDigits).join("/")}`);
  return `  weights  ${said.join(", ")} (by lead time)`;
}

function scores({ leads, score }: ShownForecast): string {
  const own =
    score.loss === null
      ? "  score    the past is too short to tell"
      : `  score    error of the middle ${sayPercent(score.loss)} of the load` +
        (score.lossSameTimeLastWeek === null
          ? ""
          : `; same time last week ${sayPercent(score.lossSameTimeLastWeek)}`);
  if (leads === null || leads.scores.length === 0) return own;
  const table = new Table({
    head: ["time ahead", "loss", "same time last week", "ratio", "under 95 %", "under 99 %"],
    colAligns: ["left", "right", "right", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const lead of leads.scores) table.push(scoreRow(lead));
  const note = `  measured from ${counted(leads.origins.length, "earlier moment")}: twice the pinball loss over the load, mean of four quantiles`;
  return `${own}\n${table.toString()}\n${note}`;
}

function scoreRow(lead: LeadScore): string[] {
  const { loss, lossSameTimeLastWeek: naive } = lead;
  return [
    `${lead.fromSeconds / HOUR_SECONDS}–${lead.toSeconds / HOUR_SECONDS} h`,
    loss === null ? "–" : loss.toPrecision(3),
    naive === null ? "–" : naive.toPrecision(3),
    loss === null || naive === null || naive === 0 ? "–" : twoDigits(loss / naive),
    lead.under95 === null ? "–" : lead.under95.toFixed(3),
    lead.under99 === null ? "–" : lead.under99.toFixed(3),
  ];
}

const twoDigits = (value: number): string => value.toFixed(2);

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
