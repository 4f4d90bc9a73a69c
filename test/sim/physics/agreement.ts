/** One policy over one trace twice: before the fluid queue, and before the same queue request by request. */
import { stream } from "../../../lib/sim/random.ts";
import { type AnyCandidate, defaultsOf } from "../../../lib/sim/score/candidate.ts";
import { CANDIDATES } from "../../../lib/sim/score/candidates.ts";
import { type RunOutcome, runOutcome } from "../../../lib/sim/score/runOutcome.ts";
import type { Part } from "../../../lib/sim/score/scoreCase.ts";
import { RequestQueue } from "./requestQueue.ts";

export interface Agreement {
  readonly knob: number;
  readonly fluid: RunOutcome;
  readonly requests: RunOutcome;
}

export function candidateOf(name: string): AnyCandidate {
  const found = CANDIDATES.find((each) => each.name === name);
  if (found === undefined) throw new RangeError(`no policy is named ${name}`);
  return found;
}

/** Runs both with the knob at which the fluid leaves about `share` of the requests outside the objective. */
export async function agreementOn(part: Part, policy: string, share: number): Promise<Agreement> {
  const candidate = candidateOf(policy);
  const settings = defaultsOf(candidate);
  const knob = await knobAt(candidate, part, share);
  const oneByOne: Part = {
    ...part,
    stage: { ...part.stage, queueOf: (options) => new RequestQueue(options, stream(1, "instants")) },
  };
  return {
    knob,
    fluid: await runOutcome(candidate, part, knob, settings),
    requests: await runOutcome(candidate, oneByOne, knob, settings),
  };
}

/** The knob at which the violations are nearest to the share, by their ratio: first roughly, then around the best. */
async function knobAt(candidate: AnyCandidate, part: Part, share: number): Promise<number> {
  let best = { knob: Number.NaN, distance: Number.POSITIVE_INFINITY };
  const visit = async (knobs: readonly number[]): Promise<void> => {
    for (const knob of knobs) {
      const { violations } = await runOutcome(candidate, part, knob, defaultsOf(candidate));
      const distance = Math.abs(Math.log((violations + 1e-9) / share));
      if (distance < best.distance) best = { knob, distance };
    }
  };
  await visit(Array.from({ length: 10 }, (_, i) => 0.4 * 1.15 ** i));
  const rough = best.knob;
  await visit([-0.06, -0.04, -0.02, 0.02, 0.04, 0.06].map((change) => rough * (1 + change)));
  return best.knob;
}
