/** What holds of the queue whatever comes: nothing is made or lost unseen, and more load or fewer units never help. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { FluidQueue, type QueueOptions } from "../../../lib/sim/physics/queue.ts";
import { aQueue } from "./arrange.ts";

const options = fc
  .record({
    saturationPerUnit: fc.double({ min: 0.1, max: 50, noNaN: true }),
    idle: fc.double({ min: 0, max: 0.5, noNaN: true }),
    rise: fc.double({ min: 0, max: 0.7, noNaN: true }),
    objectiveSeconds: fc.double({ min: 0.6, max: 30, noNaN: true }),
    instants: fc.constantFrom("random" as const, "even" as const),
  })
  .map(
    ({ saturationPerUnit, idle, rise, objectiveSeconds, instants }): QueueOptions => ({
      saturationPerUnit,
      idleServiceSeconds: idle,
      fullServiceSeconds: idle + rise,
      objectiveSeconds,
      timeoutSeconds: Math.max(60, 2 * objectiveSeconds),
      instants,
    }),
  );
const arrivals = fc.integer({ min: 0, max: 2_000 });
const ready = fc.integer({ min: 0, max: 8 });
const steps = fc.array(fc.record({ arrivals, ready, killed: fc.constantFrom(0, 0, 0, 0.5, 1) }), {
  minLength: 1,
  maxLength: 40,
});

/** A queue that has seen some load before the step in question. */
const loaded = fc.tuple(options, fc.array(arrivals, { maxLength: 5 }), fc.integer({ min: 1, max: 8 }));
function laden([given, before, units]: readonly [QueueOptions, readonly number[], number]): FluidQueue {
  const queue = new FluidQueue(given);
  for (const count of before) queue.advance(count, units, 10);
  return queue;
}

const SLACK = 1e-6;

describe("conservation", () => {
  it("what came was served, waits, was given up or was lost", () => {
    fc.assert(
      fc.property(options, steps, (given, played) => {
        const queue = new FluidQueue(given);
        let came = 0;
        let gone = 0;
        for (const each of played) {
          const step = queue.advance(each.arrivals, each.ready, 10);
          came += each.arrivals;
          const served = each.ready === 0 ? 0 : step.utilization * each.ready * given.saturationPerUnit * 10;
          gone += served + step.dropped + queue.lose(each.killed).lost;
        }
        expect(Math.abs(came - gone - queue.waiting)).toBeLessThan(SLACK);
      }),
    );
  });

  it("no request is a violation twice, however units come, go and are killed", () => {
    fc.assert(
      fc.property(options, steps, (given, played) => {
        const queue = new FluidQueue(given);
        let came = 0;
        let missed = 0;
        for (const each of played) {
          came += each.arrivals;
          missed += queue.advance(each.arrivals, each.ready, 10).violations + queue.lose(each.killed).missed;
          expect(missed).toBeLessThanOrEqual(came + SLACK);
        }
      }),
    );
  });

  it("of a step's requests no more are violations than came, and none below zero", () => {
    fc.assert(
      fc.property(loaded, arrivals, fc.integer({ min: 1, max: 8 }), (before, count, units) => {
        const { violations, dropped } = laden(before).advance(count, units, 10);
        expect(violations).toBeGreaterThanOrEqual(0);
        expect(violations).toBeLessThanOrEqual(count);
        expect(dropped).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("a latency is at least the service on an idle unit and at most the timeout and the service on a full one", () => {
    fc.assert(
      fc.property(loaded, arrivals, ready, (before, count, units) => {
        const [given] = before;
        for (const latency of laden(before).advance(count, units, 10).latencies) {
          expect(latency).toBeGreaterThanOrEqual(given.idleServiceSeconds);
          expect(latency).toBeLessThanOrEqual(given.timeoutSeconds + given.fullServiceSeconds + SLACK);
        }
      }),
    );
  });
});

it("below saturation and with nobody waiting there are no violations where requests come evenly", () => {
  fc.assert(
    fc.property(
      options.map((given) => ({ ...given, instants: "even" as const })),
      fc.integer({ min: 1, max: 8 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (given, units, share) => {
        fc.pre(given.fullServiceSeconds <= given.objectiveSeconds);
        const queue = new FluidQueue(given);
        const count = share * units * given.saturationPerUnit * 10;
        expect(queue.advance(count, units, 10).violations).toBe(0);
        expect(queue.waiting).toBe(0);
      },
    ),
  );
});

describe("monotone", () => {
  it("more arrivals make no fewer violations, and no shorter queue", () => {
    fc.assert(
      fc.property(loaded, arrivals, arrivals, ready, (before, one, other, units) => {
        const few = laden(before);
        const many = laden(before);
        const less = few.advance(Math.min(one, other), units, 10).violations;
        const more = many.advance(Math.max(one, other), units, 10).violations;
        expect(more).toBeGreaterThanOrEqual(less - SLACK);
        expect(many.waiting).toBeGreaterThanOrEqual(few.waiting - SLACK);
      }),
    );
  });

  it("more ready units make no more violations in a step", () => {
    fc.assert(
      fc.property(loaded, arrivals, ready, ready, (before, count, one, other) => {
        const small = laden(before).advance(count, Math.min(one, other), 10).violations;
        const large = laden(before).advance(count, Math.max(one, other), 10).violations;
        expect(large).toBeLessThanOrEqual(small + SLACK);
      }),
    );
  });

  it("more units all along make no more violations and no longer waits in any step", () => {
    fc.assert(
      fc.property(
        options,
        fc.array(arrivals, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        (given, counts, units) => {
          const small = new FluidQueue(given);
          const large = new FluidQueue(given);
          for (const count of counts) {
            const more = small.advance(count, units, 10).violations;
            expect(large.advance(count, units + 1, 10).violations).toBeLessThanOrEqual(more + SLACK);
            expect(large.waiting / (units + 1)).toBeLessThanOrEqual(small.waiting / units + SLACK);
          }
        },
      ),
    );
  });
});

describe("the length of a step", () => {
  const parts = fc.integer({ min: 2, max: 20 });
  const units = fc.integer({ min: 1, max: 8 });
  const queues = fc.tuple(fc.array(arrivals, { maxLength: 4 }), units);

  /** One step of ten seconds, and the same in `count` parts; together with what was waiting before. */
  function whole(given: QueueOptions, before: readonly number[], load: number, ready: number, count: number) {
    const queue = laden([given, before, ready]);
    let violations = 0;
    let dropped = 0;
    for (let part = 0; part < count; part++) {
      const step = queue.advance(load / count, ready, 10 / count);
      violations += step.violations;
      dropped += step.dropped;
    }
    return { violations, dropped, waiting: queue.waiting };
  }

  it("changes nothing when service is the same at every utilization", () => {
    fc.assert(
      fc.property(queues, arrivals, parts, ([before, ready], load, count) => {
        const one = whole(aQueue(), before, load, ready, 1);
        const many = whole(aQueue(), before, load, ready, count);
        for (const key of ["violations", "dropped", "waiting"] as const) {
          expect(Math.abs(many[key] - one[key])).toBeLessThan(SLACK);
        }
      }),
    );
  });

  it("moves violations by no more than what lies between idle and full service", () => {
    const service = (idle: number, full: number): QueueOptions =>
      aQueue({ idleServiceSeconds: idle, fullServiceSeconds: full });
    fc.assert(
      fc.property(queues, arrivals, parts, ([before, ready], load, count) => {
        const fewest = whole(service(0.4, 0.4), before, load, ready, 1).violations;
        const most = whole(service(0.8, 0.8), before, load, ready, 1).violations;
        for (const each of [1, count]) {
          const { violations } = whole(service(0.4, 0.8), before, load, ready, each);
          expect(violations).toBeGreaterThanOrEqual(fewest - SLACK);
          expect(violations).toBeLessThanOrEqual(most + SLACK);
        }
      }),
    );
  });
});
