/**
 * When targets leave floor mode by a deploy, or the stack goes, the minimums that floor mode found are put back. A
 * custom resource of the stack calls this; the tick heals what it misses as long as there is one.
 */
import { messageOf } from "../../lib/usecases/messageOf.ts";
import { restoreFloors } from "../../lib/usecases/restoreFloors.ts";
import { entry } from "../lambda/entry.ts";
import type { Runtime } from "../lambda/runtime.ts";
import { answerOf, parseStackEvent, type StackEvent } from "./stackEvent.ts";

/** Sends the answer to CloudFormation, which waits an hour for it otherwise. */
export type Answer = (url: string, body: string) => Promise<void>;

export const answerByPut: Answer = async (url, body) => {
  const response = await fetch(url, { method: "PUT", body, headers: { "content-type": "" } });
  if (!response.ok) throw new Error(`CloudFormation's address answered ${response.status}`);
};

/** A failure is answered, not thrown: the stack shows the reason and the deletion can be tried again. */
export function onRemoval(runtime: Runtime, answer: Answer = answerByPut) {
  return entry<StackEvent, { readonly restored: readonly string[] }>(runtime, {
    parse: parseStackEvent,
    run: async (event) => {
      const { restored, failure } = await restore(runtime, event);
      await answer(event.ResponseURL, JSON.stringify(answerOf(event, failure)));
      return { restored };
    },
  });
}

async function restore(
  runtime: Runtime,
  { RequestType, ResourceProperties }: StackEvent,
): Promise<{ readonly restored: readonly string[]; readonly failure: string | null }> {
  if (RequestType === "Create") return { restored: [], failure: null };
  const keep = new Set(RequestType === "Update" ? ResourceProperties.targets : []);
  try {
    const { restored, failed } = await restoreFloors(runtime.floors, runtime.restoreFloor, keep);
    const named = failed.map(({ target, why }) => `${target}: ${why}`).join("; ");
    return {
      restored,
      failure: failed.length === 0 ? null : `floors could not be put back: ${named}`.slice(0, 3_000),
    };
  } catch (error) {
    return { restored: [], failure: messageOf(error).slice(0, 3_000) };
  }
}
