import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coldProgram } from "../folders.js";
import { short } from "../numbers.js";
import { timesOf } from "../statistics.js";
import type { Measure } from "./measure.js";
import { printed, timed } from "./run.js";

const peers = { "jax + flowjax, import only": "import jax, flowjax", "torch + zuko, import only": "import torch, zuko" } as const;

/** From the start of a process to the first sample of a saved flow; the files are in the system's cache. */
export const start: Measure = {
  name: "start",
  title: "Start of a process to the first sample of a saved flow (goal: at most 250 ms at the least)",
  run: async ({ quick, python, say }) => {
    const folder = mkdtempSync(join(tmpdir(), "flows-start-"));
    const times = quick ? 2 : 10;
    try {
      const model = join(folder, "model.safetensors");
      await printed(process.execPath, [coldProgram, "save", model]);
      const programs: (readonly [name: string, program: string, args: readonly string[]])[] = [
        ["flows", process.execPath, [coldProgram, "draw", model]],
        ...(python === undefined ? [] : Object.entries(peers).map(([name, code]) => [name, python, ["-c", code]] as const)),
      ];
      const rows: string[][] = [];
      for (const [name, program, args] of programs) {
        say(`start: ${name}`);
        const { min, median } = timesOf(await timed(program, args, times));
        rows.push([name, short(min), short(median)]);
      }
      return { title: start.title, table: { heads: ["program", "min ms", "median ms"], right: ["min ms", "median ms"], rows } };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
