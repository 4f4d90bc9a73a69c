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

/** What a quick score leaves out: variants that rarely decide anything, and ablations that take long. */
export const FULL_ONLY: ReadonlySet<string> = new Set([
  "static-p95",
  "forewarm-no-reactive",
  "forewarm-lead-time-half",
  "forewarm-lead-time-double",
]);
