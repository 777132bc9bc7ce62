import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
mkdirSync(join(root, "out"), { recursive: true });
const folder = mkdtempSync(join(root, "out", "counts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs vitest on files of this text and gives its last line and exit code. */
function lastLine(files: Readonly<Record<string, string>>): [line: string | undefined, code: number | null] {
  const home = mkdtempSync(join(folder, "run-"));
  writeFileSync(join(home, "vitest.config.mjs"), "export default {};");
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(home, name), `import { beforeAll, describe, it } from "vitest";\n${text}`);
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--root", home, "--reporter=default", `--reporter=${join(root, "tooling", "count-reporter.mjs")}`];
  const { FLOWS_COUNTS: _, VITEST: __, ...env } = process.env;
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: "utf8", env });
  return [stdout.trimEnd().split("\n").at(-1), status];
}

describe("the count line", () => {
  it("is last when all is well", () => {
    const text = 'it("a", () => {}); it("b", () => {}); it.skip("c", () => {}); it.todo("d");';
    expect(lastLine({ "a.test.ts": text })).toEqual(["2 passed, 0 failed, 2 skipped", 0]);
  });

  it("is last and counts all that fails: a test, a file that does not load, a hook, an error outside any test", () => {
    const files = {
      "fails.test.ts": 'it("a", () => { throw new Error("planted"); }); it("b", () => {});',
      "loads.test.ts": 'import "./nothing.js";',
      "hook.test.ts": 'describe("d", () => { beforeAll(() => { throw new Error("planted"); }); it("a", () => {}); });',
      "outside.test.ts": 'it("a", () => { setTimeout(() => { throw new Error("planted"); }, 0); });',
    };
    expect(lastLine(files)).toEqual(["2 passed, 4 failed, 1 skipped", 1]);
  });
});
