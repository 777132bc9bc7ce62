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

interface Life {
  readonly steps: readonly number[];
  readonly end: number | string | null;
  readonly errors: string;
}

/** Runs the program, and kills it once it has said `last` steps; gives the steps it said and how it ended. */
function run(folder: string, last = Number.POSITIVE_INFINITY, ...more: string[]): Promise<Life> {
  const child = spawn(process.execPath, ["--conditions=flows-source", "--import", tsx, program, folder, ...more], {
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

/** A life goes on from the last checkpoint, of every third step, that the one before it has written: by its next step at the latest. */
function expectToGoOn(before: Life, after: Life): void {
  const [last, first] = [before.steps.at(-1)!, after.steps[0]!];
  expect(first % 3).toBe(1);
  expect(first).toBeGreaterThan(3 * Math.floor((last - 1) / 3));
  expect(first).toBeLessThanOrEqual(last + 1);
}

it("a fit that is killed again and again goes on where it was, and ends with the same bytes as one that is not", {
  timeout: 240_000,
}, async () => {
  const seed = Number(process.env.FLOWS_SEED ?? Math.floor(Date.now() / 1000));
  // After four steps there is a checkpoint; after four times thirteen there is still something left to do.
  const kills = Array.from(integers(seed, 0, 4, 10), (k) => k + 4);
  console.log(`kills after ${kills.join(", ")} steps (FLOWS_SEED=${seed})`);
  const [whole, broken] = [await newFolder(), await newFolder()];
  const calm = await run(whole);
  expect(calm.errors).toBe("");
  expect(calm.steps).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  const lives: Life[] = [];
  for (const steps of kills) lives.push(await run(broken, steps));
  expect(lives.map(({ end }) => end)).toEqual(kills.map(() => "SIGKILL"));
  const last = await run(broken);
  expect(last.errors).toBe("");
  expect(last.end).toBe(0);
  for (const [i, life] of [...lives.slice(1), last].entries()) expectToGoOn(lives[i]!, life);
  for (const name of ["model.safetensors", "history.json"]) {
    const [a, b] = await Promise.all([whole, broken].map((folder) => readFile(join(folder, name))));
    expect(b!.equals(a!), name).toBe(true);
  }
});

it("one that starts anew is found out, though it ends with the same bytes", { timeout: 60_000 }, async () => {
  const folder = await newFolder();
  const first = await run(folder, 8);
  expectToGoOn(first, await run(folder, 1));
  const anew = await run(folder, 1, "anew");
  expect(() => expectToGoOn(first, anew)).toThrow();
});
