/** Makes a candidate of a rival: its label and account are those that it gives of itself with its shipped settings. */
import type { PolicyKind, Settings } from "../../core/scoreResult.ts";
import type { Peer } from "../peers/peer.ts";
import { runPeer } from "../runPeer.ts";
import type { Candidate, Given } from "./candidate.ts";

export interface RivalOptions<State> {
  readonly name: string;
  readonly label: string;
  readonly kind: Exclude<PolicyKind, "forewarm" | "ablation" | "told">;
  readonly about: string;
  readonly settings?: Candidate["settings"];
  readonly shippedKnob: number | null;
  readonly make: (given: Given, knob: number, settings: Settings) => Peer<State>;
}

export function rival<State>({ make, settings = {}, ...account }: RivalOptions<State>): Candidate {
  return {
    ...account,
    settings,
    run: async (stage, given, knob, chosen) => runPeer(stage, make(given, knob, chosen)),
  };
}
