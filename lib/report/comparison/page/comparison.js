/** What the page's parts look up in the comparison, and how they say it. */

/** Ratios as near to 1 as this are neither better nor worse. */
const TIE_SHARE = 0.01;

/** @param {Comparison} data @param {string} name */
const labelOf = (data, name) => data.forecasters.find((each) => each.name === name)?.label ?? name;

/** @param {ComparedTrace} trace @param {string} name @returns {ForecasterScore | undefined} */
const scoreIn = ({ scores }, name) => scores.find(({ forecaster }) => forecaster === name);

/** All that can be shown: the mean over the levels, each level, and each bucket of lead time. @param {Comparison} data @returns {Measure[]} */
function measuresOf({ settings }) {
  const { levels, leadsSeconds, horizonSeconds } = settings;
  return [
    {
      name: "wql",
      text: `all levels, next ${horizonSeconds / 3600} h`,
      of: ({ wql }) => wql,
      standing: ({ wqlRatio }) => wqlRatio,
    },
    ...levels.map((level, l) => ({
      name: `level-${level}`,
      text: `loss at the ${level} quantile`,
      of: (/** @type {ForecasterScore} */ { losses }) => losses[l] ?? null,
      standing: (/** @type {Standing} */ { lossRatios }) => lossRatios[l] ?? null,
    })),
    ...leadsSeconds.map((_end, b) => ({
      name: `lead-${b}`,
      text: `${leadText(leadsSeconds, b)} ahead`,
      of: (/** @type {ForecasterScore} */ { byLead }) => byLead[b]?.wql ?? null,
      standing: (/** @type {Standing} */ { leadRatios }) => leadRatios[b] ?? null,
    })),
  ];
}

/** @param {readonly number[]} ends @param {number} index */
const leadText = (ends, index) => `${(ends[index - 1] ?? 0) / 3600}–${(ends[index] ?? 0) / 3600} h`;

/** @param {Measure} measure @param {Comparison} data @param {ComparedTrace} trace @param {string} name */
function ratioIn(measure, data, trace, name) {
  const its = scoreIn(trace, name);
  const base = scoreIn(trace, data.reference);
  const [a, b] = [its && measure.of(its), base && measure.of(base)];
  return a === null || a === undefined || b === null || b === undefined || b === 0 ? null : a / b;
}

/** @param {number | null | undefined} ratio */
const sayRatio = (ratio) => (ratio === null || ratio === undefined ? "–" : ratio.toFixed(2));

/** @param {number | null | undefined} share */
const sayCoverage = (share) => (share === null || share === undefined ? "–" : share.toFixed(3));

/** @param {number | null} ratio */
const verdictOf = (ratio) =>
  ratio === null || Math.abs(ratio - 1) <= TIE_SHARE ? "" : ratio < 1 ? "win" : "loss";
