/** Told the future: no rival, but a measure of what not knowing costs. */
import { oracle } from "../../peers/oracle.ts";
import { runPeer } from "../../runPeer.ts";
import { numberOf, type ToldCandidate } from "../candidate.ts";

export const TOLD: readonly ToldCandidate[] = [
  {
    name: "oracle",
    label: "Oracle (told the future)",
    kind: "told",
    about: "Follows the true rate up to some lead times ahead. Not a policy that anybody can run.",
    settings: { coverLeadTimes: [1.2, 1, 1.5, 2] },
    shippedKnob: 1,
    runTold: async (stage, { truth, perUnit, min, max, leadTimeSeconds }, knob, settings) =>
      runPeer(
        stage,
        oracle({
          truth,
          perUnit: perUnit * knob,
          factor: 1,
          min,
          max,
          coverSeconds: numberOf(settings, "coverLeadTimes") * leadTimeSeconds + 60,
        }),
      ),
  },
];
