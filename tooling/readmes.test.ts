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
  "testing",
];

/** The TypeScript in a page. */
const blocksOf = (path: string): readonly string[] =>
  [...readFileSync(join(root, path), "utf8").matchAll(/^```ts\n(.*?)^```/gms)].map(([, block = ""]) => block);

it("the backends on the page for their authors pass the kit, and tfjs keeps its advice to itself", { timeout: 180_000 }, async () => {
  const blocks = blocksOf("packages/core/writing-a-backend.md");
  expect(blocks.length).toBe(4);
  const [code, printed] = await run("writing-a-backend", blocks.join("\n"));
  expect(code, printed).toBe(0);
  expect(printed.trim().split("\n")).toEqual([
    "coupling: acme-plain equals float64: holds",
    "normal: acme-plain equals float64: holds",
    "coupling: acme equals float64: holds",
    "normal: acme equals float64: holds",
  ]);
});

it.concurrent.each([".", ...homes.map((name) => `packages/${name}`)])(
  "the example of the README in %s runs",
  { timeout: 180_000 },
  async (home) => {
    const [example = ""] = blocksOf(join(home, "README.md"));
    expect(example).toContain("import");
    const [code, printed] = await run(home.replace(/\W/g, "-"), example);
    expect(code, printed).toBe(0);
  },
);
