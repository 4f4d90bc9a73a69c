/** What the page's parts look up in the result, and how they say it. */

/** Kinds of policies, in the words of the tables. */
const KINDS = /** @type {const} */ ({
  forewarm: "ours",
  ablation: "ablation",
  reactive: "reactive",
  predictive: "predictive",
  timetable: "timetable",
  told: "told the future",
});

/** @param {ScoreData} data @param {string} name @returns {PolicyAccount | undefined} */
const accountOf = (data, name) => data.policies.find((each) => each.name === name);

/** @param {ScoreData} data @param {string} name */
const labelOf = (data, name) => accountOf(data, name)?.label ?? name;

/** @param {ScoreCase} scoreCase @param {string} policy @param {ScoreView["version"]} version */
const versionOf = (scoreCase, policy, version) =>
  scoreCase.policies
    .find((each) => each.policy === policy)
    ?.versions.find((each) => each.version === version);

/** @param {number} share */
const sayShare = (share) => `${Number((100 * share).toPrecision(3))} %`;

/** @param {number | null | undefined} ratio */
const sayRatio = (ratio) => (ratio === null || ratio === undefined ? "not reached" : ratio.toFixed(2));

/** @param {number | null | undefined} captured */
const sayCaptured = (captured) => (captured === null || captured === undefined ? "–" : percent(captured, 0));

/** @param {ScoreCase} scoreCase */
const sayCase = ({ trace, platform, leadTimeSeconds, units }) =>
  `${trace} · ${platform} · lead time ${leadTimeSeconds} s · ${units} units`;

/** @param {Readonly<Record<string, string | number | boolean | null>>} settings */
function saySettings(settings) {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
