/** How the in-memory stores keep what they are given: frozen, so that every reader can have the same object. */

/**
 * Freezes plain data in place, all the way down, and returns it. The domain's data is readonly, so only a mistake
 * notices. What is frozen already is taken to be frozen below as well: a memory saved every minute of a year's replay
 * costs only its new parts.
 */
export function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) frozen(part);
  return value;
}
