/**
 * Engines for a predicted load, re-implemented from ai-dynamo/dynamo: the classic SLA planner (docs/architecture/
 * sla_planner.md) and the throughput mode that followed it (components/src/dynamo/planner/core/throughput_scaling.py).
 */

export interface EngineProfile {
  /** Requests a second that one engine serves at the objective; 0 where it cannot keep it. */
  readonly requestsPerSecond: number;
  /** Latency that one engine reaches at best, and the objective, in seconds. */
  readonly latencySeconds: number;
  readonly objectiveSeconds: number;
}

/** Engines for a demand in requests a second; where the objective cannot be kept, more of them by as much as it is missed. */
export function throughputEngines(
  demandPerSecond: number,
  { requestsPerSecond, latencySeconds, objectiveSeconds }: EngineProfile,
  least: number,
): number {
  const byDemand = requestsPerSecond > 0 ? Math.ceil(demandPerSecond / requestsPerSecond) : 0;
  const unreachable = latencySeconds > objectiveSeconds;
  const byLatency = unreachable ? Math.ceil(latencySeconds / objectiveSeconds) : 0;
  return Math.max(byDemand, byLatency, least);
}

/** Tokens that must really be read, of which the cache has a part. */
export const effectiveInputTokens = (inputTokens: number, cacheHitRate: number): number =>
  inputTokens * (1 - cacheHitRate);

export interface PrefillInput {
  readonly requests: number;
  readonly inputTokens: number;
  readonly intervalSeconds: number;
  /** Observed time to the first token over the profiled one. */
  readonly correction: number;
  readonly tokensPerSecondPerGpu: number;
  readonly gpusPerEngine: number;
}

/** Classic: prefill engines; a correction above 1 means queueing and asks for no more throughput. */
export function prefillEngines(input: PrefillInput, least: number): number {
  const { requests, inputTokens, intervalSeconds, correction, tokensPerSecondPerGpu, gpusPerEngine } = input;
  const tokensPerSecond = ((requests * inputTokens) / intervalSeconds) * Math.min(1, correction);
  return Math.max(least, Math.ceil(tokensPerSecond / tokensPerSecondPerGpu / gpusPerEngine));
}

export interface DecodeInput {
  readonly requests: number;
  readonly outputTokens: number;
  readonly intervalSeconds: number;
  /** Of the profile, at the corrected objective and the context of the input and half of the output. */
  readonly tokensPerSecondPerGpu: number;
  readonly gpusPerEngine: number;
}

/** Classic: decode engines. */
export function decodeEngines(input: DecodeInput, least: number): number {
  const { requests, outputTokens, intervalSeconds, tokensPerSecondPerGpu, gpusPerEngine } = input;
  const tokensPerSecond = (requests * outputTokens) / intervalSeconds;
  return Math.max(least, Math.ceil(tokensPerSecond / tokensPerSecondPerGpu / gpusPerEngine));
}

export interface EnginePair {
  readonly prefill: number;
  readonly decode: number;
}

/**
 * Over the budget of GPUs prefill is scaled down in proportion, leaving room for the least decode engines, and decode gets
 * what is left; neither goes below the least. A budget below the least of both is for none of them.
 */
export function withinBudget(
  { prefill, decode }: EnginePair,
  gpusPerEngine: EnginePair,
  budget: number,
  least: number,
): EnginePair {
  const gpus = prefill * gpusPerEngine.prefill + decode * gpusPerEngine.decode;
  if (gpus <= budget) return { prefill, decode };
  if (budget < least * (gpusPerEngine.prefill + gpusPerEngine.decode)) return { prefill: 0, decode: 0 };
  const mostPrefill = Math.floor((budget - least * gpusPerEngine.decode) / gpusPerEngine.prefill);
  const scaled = Math.floor((prefill * budget) / gpus);
  const fewer = Math.max(least, Math.min(mostPrefill, scaled));
  const left = budget - fewer * gpusPerEngine.prefill;
  return { prefill: fewer, decode: Math.max(least, Math.floor(left / gpusPerEngine.decode)) };
}
