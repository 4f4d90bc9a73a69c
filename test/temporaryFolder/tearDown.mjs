/** Takes the folder away again; where the tests are watched, the next run makes another beside it. */
import { rmSync } from "node:fs";
import { dirname } from "node:path";

export default function tearDown() {
  const folder = process.env.TMPDIR;
  process.env.TMPDIR = dirname(folder);
  rmSync(folder, { recursive: true, force: true });
}
