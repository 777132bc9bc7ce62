import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, expect, it } from "vitest";

const program = fileURLToPath(new URL("../testing/threads-at-work.ts", import.meta.url));
let source = "";
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [program],
    bundle: true,
    platform: "node",
    format: "cjs",
    conditions: ["flows-source"],
    write: false,
  });
  source = outputFiles[0]!.text;
});

/** Runs the program and gives what it printed; a process that does not end by itself is killed, and its signal is no exit code 0. */
function run(when: string): Promise<{ readonly end: number | string | null; readonly text: string }> {
  const child = spawn(process.execPath, ["-", when], { stdio: ["pipe", "pipe", "inherit"], timeout: 20_000, killSignal: "SIGKILL" });
  let text = "";
  child.stdout.on("data", (data) => {
    text += String(data);
  });
  child.stdin.end(source);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ end: signal ?? code, text }));
  });
}

it("workers keep no process alive", async () => {
  const { end, text } = await run("never");
  expect(end).toBe(0);
  expect(JSON.parse(text)).toEqual({ started: 1, ended: 0 });
});

it.each(["at once", "later"])("workers are gone after dispose, %s", async (when) => {
  const { end, text } = await run(when);
  expect(end).toBe(0);
  expect(JSON.parse(text).ended).toBe(1);
});
