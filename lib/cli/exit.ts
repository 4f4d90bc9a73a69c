/** How a command ends: scripts rely on these codes. */

export const EXIT_DONE = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;

/** The words of the command line, or a file that they name, are wrong: nothing was started. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
