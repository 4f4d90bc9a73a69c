/** Puts back the minimum that floor mode found in Application Auto Scaling, when a target leaves floor mode. */
import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import type { FloorRecord, FloorStore } from "../../../ports/floorStore.ts";
import { registerMinimum } from "./registerMinimum.ts";
import { readOne } from "./scalableTargets.ts";

/**
 * Restores `originalMinimum`, or the maximum where that has been put below it since, and removes the record. A scalable
 * target that is gone has nothing to restore. What fails is thrown on and the record stays, so that it is tried again.
 */
export async function restoreFloor(
  client: ApplicationAutoScalingClient,
  floors: FloorStore,
  record: FloorRecord,
): Promise<void> {
  const limits = await readOne(client, record);
  if (limits !== null) {
    const minimum = Math.min(record.originalMinimum, limits.maximum);
    if (minimum !== limits.minimum) await registerUnlessGone(client, record, minimum);
  }
  await floors.remove(record.target);
}

async function registerUnlessGone(
  client: ApplicationAutoScalingClient,
  record: FloorRecord,
  minimum: number,
): Promise<void> {
  try {
    await registerMinimum(client, record, minimum);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ObjectNotFoundException") throw error;
  }
}
