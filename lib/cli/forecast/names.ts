/** The words by which a comparison names its forecasters, in the order of the tables. */
export const FORECASTER_NAMES = [
  "ours",
  "prophet",
  "mstl-ets",
  "naive-week",
  "naive-day",
  "ours-with-prophet",
  "ours-with-mstl-ets",
] as const;

export type ForecasterName = (typeof FORECASTER_NAMES)[number];

/** Those that take up to a minute for each origin are left to who asks for them. */
export const USUAL_FORECASTERS: readonly ForecasterName[] = FORECASTER_NAMES.slice(0, 5);
