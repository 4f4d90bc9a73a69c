/** The data of the score's page. */
type ScoreData = import("../pageData.ts").ScorePageData;
type ScoreCase = ScoreData["cases"][number];
type PolicyAccount = ScoreData["policies"][number];
type PolicyVersion = ScoreCase["policies"][number]["versions"][number];
type KnobOutcome = PolicyVersion["outcomes"][number];
/** What is shown: the share of violations, whose settings, which case, and the policy beside Forewarm. */
interface ScoreView {
  share: number;
  version: "tuned" | "defaults";
  index: number;
  beside: string;
}
