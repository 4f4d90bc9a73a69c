/** Everybody who takes part in a score, in the order of its tables. */
import type { AnyCandidate } from "./candidate.ts";
import { AWS } from "./candidates/aws.ts";
import { FOREWARM } from "./candidates/forewarm.ts";
import { INFERENCE } from "./candidates/inference.ts";
import { KUBERNETES } from "./candidates/kubernetes.ts";
import { SEASONAL } from "./candidates/seasonal.ts";
import { TIMETABLES } from "./candidates/timetables.ts";
import { TOLD } from "./candidates/told.ts";

export const CANDIDATES: readonly AnyCandidate[] = [
  ...FOREWARM,
  ...AWS,
  ...KUBERNETES,
  ...INFERENCE,
  ...SEASONAL,
  ...TIMETABLES,
  ...TOLD,
];

/** What a quick score leaves out: variants that rarely decide anything. */
export const FULL_ONLY: ReadonlySet<string> = new Set(["static-p95"]);
