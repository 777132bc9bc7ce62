import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { node, prepare, root, timed } from "./steps.mjs";

/** `npm test`: installs, builds and runs every test. The last line is `N passed, N failed, N skipped`, whatever happens. */
const counts = join(root, "out", "counts.txt");
mkdirSync(join(root, "out"), { recursive: true });
rmSync(counts, { force: true });

const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const code = (await prepare()) || (await timed("Testing", () => node(vitest, ["run", ...process.argv.slice(2)], { FLOWS_COUNTS: counts })));

const [, passed = 0, failed = 0, skipped = 0] =
  (existsSync(counts) ? readFileSync(counts, "utf8") : "").match(/(\d+)\D+(\d+)\D+(\d+)/) ?? [];
process.exitCode = code;
// What fails outside the tests counts as one failure, so that the line never looks green when the exit code is not.
const line = `${passed} passed, ${code === 0 ? failed : Math.max(failed, 1)} failed, ${skipped} skipped`;
writeFileSync(counts, `${line}\n`);
console.log(line);
