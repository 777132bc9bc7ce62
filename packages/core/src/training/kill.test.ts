import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, expect, it } from "vitest";
import { integers } from "../random/index.js";

const program = fileURLToPath(new URL("../testing/interrupted-fit.ts", import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const folders: string[] = [];
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "flows-kill-"));
  folders.push(folder);
  return folder;
};
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true }))));

/** Runs the program, and kills it once it has said `last` steps; gives the steps it said and how it ended. */
function run(folder: string, last = Number.POSITIVE_INFINITY): Promise<{ steps: number[]; end: number | string | null; errors: string }> {
  const child = spawn(process.execPath, ["--conditions=flows-source", "--import", tsx, program, folder], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const steps: number[] = [];
  let [text, errors] = ["", ""];
  child.stderr.on("data", (data) => {
    errors += String(data);
  });
  child.stdout.on("data", (data) => {
    text += String(data);
    const lines = text.split("\n");
    text = lines.pop()!;
    for (const line of lines) steps.push(Number(line.replace("step ", "")));
    if (steps.length >= last) child.kill("SIGKILL");
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ steps, end: signal ?? code, errors }));
  });
}

it("a fit that is killed again and again ends with the same bytes as one that is not", { timeout: 240_000 }, async () => {
  const seed = Number(process.env.FLOWS_SEED ?? Math.floor(Date.now() / 1000));
  const kills = Array.from(integers(seed, 0, 4, 16), (k) => k + 1);
  console.log(`kills after ${kills.join(", ")} steps (FLOWS_SEED=${seed})`);
  const [whole, broken] = [await newFolder(), await newFolder()];
  const calm = await run(whole);
  expect(calm.errors).toBe("");
  expect(calm.steps).toHaveLength(60);
  for (const steps of kills) expect((await run(broken, steps)).end).toBe("SIGKILL");
  const last = await run(broken);
  expect(last.errors).toBe("");
  expect(last.end).toBe(0);
  expect(last.steps[0]).toBeGreaterThanOrEqual(1);
  for (const name of ["model.safetensors", "history.json"]) {
    const [a, b] = await Promise.all([whole, broken].map((folder) => readFile(join(folder, name))));
    expect(b!.equals(a!), name).toBe(true);
  }
});
