import { steadyProgram } from "../folders.js";
import { short } from "../numbers.js";
import type { Measure } from "./measure.js";
import { printed } from "./run.js";

interface Sample {
  readonly mb: number;
  readonly tensors: number;
}

/** Memory of a process after each of five parts of long work: it rises until the engine's first full collection, and then stays. */
export const memory: Measure = {
  name: "memory",
  title: "Memory over long work, MB resident after the 1st to the 5th time, and tensors alive",
  run: async ({ quick, say }) => {
    const work = { steps: quick ? 200 : 10_000, rows: quick ? 20_000 : 1_000_000 } as const;
    const rows: string[][] = [];
    const heads = ["1st", "2nd", "3rd", "4th", "5th"];
    for (const [what, count] of Object.entries(work)) {
      say(`memory: 5 times ${count} ${what}`);
      const samples = JSON.parse(await printed(process.execPath, [steadyProgram, what, `${count}`])) as Sample[];
      const title = what === "steps" ? "training steps" : "rows scored";
      const alive = samples.map(({ tensors }) => tensors).join(", ");
      rows.push([`${count.toLocaleString("en-US")} ${title}`, ...samples.map(({ mb }) => short(mb)), alive]);
    }
    return { title: memory.title, table: { heads: ["work", ...heads, "tensors"], right: heads, rows } };
  },
};
