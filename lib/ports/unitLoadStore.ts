/** What was learned of the unit loads: one for each target, the newest. */
import type { StoredUnitLoad } from "../core/unitLoad/unitLoad.ts";

export interface UnitLoadStore {
  /** Replaces what is there for the target. */
  put(learned: StoredUnitLoad): Promise<void>;
  /** Null when nothing was ever learned. Throws for one that cannot be read. */
  get(target: string): Promise<StoredUnitLoad | null>;
}
