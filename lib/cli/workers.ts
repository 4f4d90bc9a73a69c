/** Work spread over processes. */
import { Tinypool } from "tinypool";

const LOST =
  "a worker process ended before its work was done, perhaps for want of memory: run the command again";

/** What the pool says of a process that ended by itself. */
const isLoss = (error: unknown): boolean =>
  error instanceof Error && error.message === "Worker exited unexpectedly";

/**
 * Runs `work` with a pool of `count` processes of the worker file, and ends them afterwards, whatever happens. Processes
 * rather than threads: what ends one of them, memory or a fault in native code, does not end the program with it. `worker` is a
 * module without its ending: TypeScript in a checkout, JavaScript in the package.
 */
export async function withWorkers(
  worker: URL,
  count: number,
  work: (pool: Tinypool) => Promise<void>,
): Promise<void> {
  const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const pool = new Tinypool({
    filename: `${worker.href}.${ending}`,
    minThreads: count,
    maxThreads: count,
    runtime: "child_process",
    serialization: "advanced",
    isolateWorkers: false,
  });
  try {
    await work(pool);
  } catch (error) {
    throw isLoss(error) ? new Error(LOST, { cause: error }) : error;
  } finally {
    await pool.destroy();
  }
}
