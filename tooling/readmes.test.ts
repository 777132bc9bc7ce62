import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
// Below the root, so that the packages' names lead to this workspace.
mkdirSync(join(root, "out"), { recursive: true });
const folder = mkdtempSync(join(root, "out", "readmes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tsx = pathToFileURL(createRequire(join(root, "packages", "core", "package.json")).resolve("tsx")).href;

/** Runs a TypeScript program from the sources; gives its exit code and what it printed. */
function run(name: string, text: string): Promise<[code: number | null, printed: string]> {
  const file = join(folder, `${name}.mts`);
  writeFileSync(file, text);
  const child = spawn(process.execPath, ["--conditions=flows-source", "--import", tsx, file], { cwd: folder });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (printed += data));
  return new Promise((done) => child.on("close", (code) => done([code, printed])));
}

const homes = [
  "backend-cpu",
  "backend-float64",
  "backend-wasm",
  "baselines-kde-gmm",
  "bijectors",
  "core",
  "datasets",
  "diagnostics",
  "plot",
  "programs",
  "report",
  "tables",
  "testing",
];

it.concurrent.each([".", ...homes.map((name) => `packages/${name}`)])(
  "the example of the README in %s runs",
  { timeout: 180_000 },
  async (home) => {
    const [, example = ""] = /^```ts\n(.*?)^```/ms.exec(readFileSync(join(root, home, "README.md"), "utf8")) ?? [];
    expect(example).toContain("import");
    const [code, printed] = await run(home.replace(/\W/g, "-"), example);
    expect(code, printed).toBe(0);
  },
);
