/** Every minute, for all targets: whatever other wake-ups missed is seen here. */
import { z } from "zod";
import { restoreFloors } from "../../lib/usecases/restoreFloors.ts";
import { entry } from "../lambda/entry.ts";
import { instant, type Parsed, sayIssues, setAside, understood, untimely } from "../lambda/parsed.ts";
import type { Runtime } from "../lambda/runtime.ts";
import { type WakeUpSummary, wakeUp } from "../lambda/wakeUp.ts";

const tick = z.object({ kind: z.literal("tick"), scheduledTime: instant });

export function parseTick(event: unknown, now: number): Parsed<null> {
  const parsed = tick.safeParse(event);
  if (!parsed.success) return setAside(`it is not a tick: ${sayIssues(parsed.error)}`);
  const why = untimely(parsed.data.scheduledTime, now);
  return why === null ? understood(null) : setAside(why);
}

/** Runs the loop for every target, then puts back the floors of targets that left floor mode. */
export function onTick(runtime: Runtime) {
  return entry<null, WakeUpSummary>(runtime, {
    parse: (event, { now }) => parseTick(event, now),
    run: async (_, invocation) => {
      const [loop, floors] = await Promise.allSettled([
        wakeUp(runtime, runtime.policy.targets, invocation),
        restoreLeftFloors(runtime),
      ]);
      runtime.telemetry.count("heartbeat", 1);
      const errors = [loop, floors].filter((each) => each.status === "rejected");
      if (loop.status === "fulfilled" && errors.length === 0) return loop.value;
      throw errors[0]?.reason;
    },
  });
}

async function restoreLeftFloors(runtime: Runtime): Promise<void> {
  const keep = new Set(runtime.policy.targets.filter(({ mode }) => mode === "floor").map(({ id }) => id));
  const { restored, failed } = await restoreFloors(runtime.floors, runtime.restoreFloor, keep);
  for (const target of restored) runtime.telemetry.logger.info("a floor was put back", { target });
  if (failed.length > 0) {
    const named = failed.map(({ target, why }) => `${target}: ${why}`).join("; ");
    throw new AggregateError(
      failed.map(({ error }) => error),
      `floors could not be put back: ${named}`,
    );
  }
}
