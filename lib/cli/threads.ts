/** Work spread over threads. */
import { Tinypool } from "tinypool";

/**
 * Runs `work` with a pool of `threads` threads of the worker file, and ends them afterwards, whatever happens. `worker` is a
 * module without its ending: TypeScript in a checkout, JavaScript in the package.
 */
export async function withThreads(
  worker: URL,
  threads: number,
  work: (pool: Tinypool) => Promise<void>,
): Promise<void> {
  const ending = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const pool = new Tinypool({
    filename: `${worker.href}.${ending}`,
    minThreads: threads,
    maxThreads: threads,
    isolateWorkers: false,
  });
  try {
    await work(pool);
  } finally {
    await pool.destroy();
  }
}
