/** A rival on the stage: its own clock, only what is published, and requests that are lost while the target is locked. */
import { describe, expect, it } from "@jest/globals";
import type { Peer, PeerObservation } from "../../lib/sim/peers/peer.ts";
import { runPeer } from "../../lib/sim/runPeer.ts";
import type { Stage } from "../../lib/sim/stage.ts";
import { repeat } from "../core/arrange.ts";
import { aStage } from "./arrange.ts";
import { START } from "./physics/arrange.ts";

type Seen = PeerObservation & { readonly at: number };

/** Notes what it sees, and wants what `wants` says at each second after START. */
function aWitness(
  wants: (after: number, observation: PeerObservation) => number = (_after, { desired }) => desired,
  periodSeconds = 60,
): { readonly peer: Peer<number>; readonly seen: Seen[]; readonly states: number[] } {
  const seen: Seen[] = [];
  const states: number[] = [];
  const peer: Peer<number> = {
    name: "witness",
    label: "Witness",
    about: "Notes what it sees.",
    periodSeconds,
    initial: 0,
    step: (state, observation, now) => {
      seen.push({ ...observation, at: now - START });
      states.push(state);
      return { desired: wants(now - START, observation), state: state + 1, reason: `step ${state}` };
    },
  };
  return { peer, seen, states };
}

function play(witness: ReturnType<typeof aWitness>, stage: Stage = aStage()) {
  return { ...witness, stage, track: runPeer(stage, witness.peer) };
}

describe("its clock", () => {
  it("strikes each period, when a minute's metrics are published", () => {
    const { seen } = play(aWitness());
    expect(seen.map(({ at }) => at)).toEqual([40, 100, 160, 220, 280, 340, 400, 460, 520, 580]);
  });

  it.each([
    [10, 60],
    [30, 20],
    [300, 2],
  ])("may be another: every %i s, %i times in ten minutes", (periodSeconds, times) => {
    const { seen } = play(aWitness(undefined, periodSeconds));
    expect(seen.length).toBe(times);
    const gaps = seen.slice(1).map(({ at }, i) => at - (seen[i] as Seen).at);
    expect(new Set(gaps)).toEqual(new Set([periodSeconds]));
  });

  it("that is no multiple of ten seconds strikes at the next step, and misses none", () => {
    const { seen } = play(aWitness(undefined, 15));
    expect(seen.length).toBe(40);
    expect(seen.slice(0, 4).map(({ at }) => at)).toEqual([0, 10, 30, 40]);
  });

  it("that is faster than the simulator's steps strikes several times in each, at its own instants", () => {
    const { seen, states } = play({ ...aWitness(undefined, 2) });
    expect(seen.length).toBe(300 - 4);
    expect(states.slice(0, 3)).toEqual([0, 1, 2]);
  });

  it("hands each step the state of the one before", () => {
    expect(play(aWitness()).states).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe("what it sees", () => {
  const minute = (count: number): number[] => repeat(6, count);
  const arrivals = Uint32Array.from([
    ...minute(40),
    ...minute(80),
    ...minute(120),
    ...minute(0),
    ...minute(160),
  ]);

  it("is the requests per ready unit of each published minute, and no more", () => {
    const { seen } = play(aWitness(), aStage({ arrivals }));
    const newest = seen.map(({ perUnitPerMinute }) => perUnitPerMinute.at(-1));
    expect(newest).toEqual([null, 60, 120, 180, 0]);
    expect(seen.map(({ end }) => end - START)).toEqual([0, 60, 120, 180, 240]);
    expect(seen.at(-1)?.perUnitPerMinute).toEqual([...repeat(16, null), 60, 120, 180, 0]);
  });

  it("is not what comes later", () => {
    const [one, other] = [160, 999].map((last) =>
      play(aWitness(), aStage({ arrivals: Uint32Array.from([...repeat(30, 100), ...repeat(30, last)]) })),
    );
    const seenBefore = (witness: typeof one): Seen[] | undefined =>
      witness?.seen.filter(({ at }) => at <= 300);
    expect(seenBefore(one)).toEqual(seenBefore(other));
    expect(one?.seen.at(-1)).not.toEqual(other?.seen.at(-1));
  });

  it("has gaps where metrics are missing or late", () => {
    const late = { kind: "late metrics", from: START + 60, to: START + 120, bySeconds: 120 } as const;
    const { seen } = play(aWitness(), aStage({ arrivals, isMissing: (each) => each === 0, faults: [late] }));
    expect(seen.map(({ perUnitPerMinute }) => perUnitPerMinute.slice(-2))).toEqual([
      [null, null],
      [null, null],
      [null, null],
      [null, 180],
      [180, 0],
    ]);
    expect(seen.at(-1)?.perUnitPerMinute.slice(-3)).toEqual([120, 180, 0]);
  });

  it("is the units and the lock, and when the last change was finished once it is", () => {
    const { seen, stage } = play(aWitness((after) => (after < 300 ? 4 : 3)));
    expect(seen.slice(4, 9)).toMatchObject([
      { at: 280, desired: 4, ready: 4, locked: false, changedAt: null },
      { at: 340, desired: 4, ready: 4, locked: false, changedAt: null },
      { at: 400, desired: 3, ready: 3, locked: true, changedAt: null },
      { at: 460, desired: 3, ready: 3, locked: false, changedAt: START + 460 },
      { at: 520, desired: 3, locked: false, changedAt: START + 460 },
    ]);
    expect(stage.endpoint.fleet.asked).toBe(3);
  });
});

describe("what it asks for", () => {
  it("becomes an action with the reason of its step", () => {
    const { track } = play(aWitness((after) => (after < 100 ? 4 : 6)));
    expect(track).toEqual({
      name: "witness",
      label: "Witness",
      about: "Notes what it sees.",
      actions: [{ at: START + 100, from: 4, to: 6, reason: "step 1" }],
      forecast: null,
      decisions: [],
    });
  });

  it("is lost while the target is locked: it must ask again", () => {
    const { track, stage } = play(aWitness((after) => (after < 200 ? 3 : 2)));
    // The scale-in at 40 s locks until 160 s; what is asked at 220 s locks again.
    expect(track.actions.map(({ at, from, to }) => [at - START, from, to])).toEqual([
      [40, 4, 3],
      [220, 3, 2],
    ]);
    const impatient = play(aWitness((after) => (after === 40 ? 3 : after === 100 ? 1 : 3)));
    expect(impatient.track.actions.map(({ to }) => to)).toEqual([3]);
    expect([impatient.stage.endpoint.fleet.asked, stage.endpoint.fleet.asked]).toEqual([3, 2]);
  });

  it("is no action when it is what there is, or nonsense", () => {
    expect(play(aWitness()).track.actions).toEqual([]);
    expect(play(aWitness(() => Number.NaN)).track.actions).toEqual([]);
    expect(play(aWitness(() => 2.5)).stage.endpoint.fleet.asked).toBe(4);
  });

  it("is asked within the replay, never at its end", () => {
    const { seen, stage } = play(aWitness(undefined, 60), aStage({ metricDelaySeconds: 0 }));
    expect(seen.map(({ at }) => at)).toEqual([0, 60, 120, 180, 240, 300, 360, 420, 480, 540]);
    expect(stage.endpoint.now).toBe(START + 600);
  });
});

describe("the load that it sees", () => {
  it("is all that was before and what has been published since, and never what is still to come", () => {
    const arrivals = Uint32Array.from({ length: 60 }, (_, step) => 10 * Math.floor(step / 6) + 10);
    const past = { start: START - 120, perMinute: Float64Array.of(7, Number.NaN) };
    const lengths: number[] = [];
    const last: number[] = [];
    const { peer } = aWitness((_after, { load, desired }) => {
      expect(load.start).toBe(START - 120);
      expect([...load.perMinute.subarray(0, 2)]).toEqual([7, Number.NaN]);
      lengths.push(load.perMinute.length);
      last.push(load.perMinute.at(-1) as number);
      return desired;
    });
    runPeer(aStage({ arrivals, past }), peer);
    expect(lengths).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(last.slice(1)).toEqual([60, 120, 180, 240, 300, 360, 420, 480, 540]);
  });
});
