/** A folder of its own for what a run of the tests leaves behind, templates and bundles above all. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default function setUp() {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), "forewarm-tests-"));
}
