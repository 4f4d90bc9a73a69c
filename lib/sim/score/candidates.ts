/** Everybody who takes part in a score. */
import type { AnyCandidate } from "./candidate.ts";
import { AWS } from "./candidates/aws.ts";
import { FOREWARM } from "./candidates/forewarm.ts";
import { INFERENCE } from "./candidates/inference.ts";
import { KUBERNETES } from "./candidates/kubernetes.ts";
import { SEASONAL } from "./candidates/seasonal.ts";
import { TIMETABLES } from "./candidates/timetables.ts";
import { TOLD } from "./candidates/told.ts";

/** By the name of the file in candidates/ that makes them. */
export const CANDIDATES_BY_FILE: Readonly<Record<string, readonly AnyCandidate[]>> = {
  forewarm: FOREWARM,
  aws: AWS,
  kubernetes: KUBERNETES,
  inference: INFERENCE,
  seasonal: SEASONAL,
  timetables: TIMETABLES,
  told: TOLD,
};

/** In the order of the tables. */
export const CANDIDATES: readonly AnyCandidate[] = Object.values(CANDIDATES_BY_FILE).flat();

/** Who takes part in a quick score: ours, one of each kind of rival, and what knowing the future would bring. */
export const QUICK_POLICIES: readonly string[] = [
  "forewarm",
  "target-tracking",
  "target-tracking-10s",
  "step-scaling",
  "predictive-scaling",
  "hpa",
  "knative",
  "same-time-last-week",
  "static-peak",
  "scheduled",
  "oracle",
];
