/** Puts back what floor mode found, for targets that are not in floor mode any more. */
import type { FloorRecord, FloorStore } from "../ports/floorStore.ts";
import { messageOf } from "./messageOf.ts";

export interface RestoreReport {
  readonly restored: readonly string[];
  readonly failed: readonly { readonly target: string; readonly error: unknown; readonly why: string }[];
}

/** Restores every recorded floor but those of the targets in `keep`. One that fails is reported and tried again next time. */
export async function restoreFloors(
  floors: FloorStore,
  restore: (record: FloorRecord) => Promise<void>,
  keep: ReadonlySet<string>,
): Promise<RestoreReport> {
  const records = (await floors.list()).filter(({ target }) => !keep.has(target));
  const restored: string[] = [];
  const failed: { target: string; error: unknown; why: string }[] = [];
  for (const record of records) {
    try {
      await restore(record);
      restored.push(record.target);
    } catch (error) {
      failed.push({ target: record.target, error, why: messageOf(error) });
    }
  }
  return { restored, failed };
}
