import { steadyProgram } from "../folders.js";
import { short } from "../report/numbers.js";
import type { Measure } from "./measure.js";
import { printed } from "./run.js";

interface Sample {
  readonly mb: number;
  readonly tensors: number;
}

const tenths = [2, 6, 10] as const;

/** Memory of a process at tenths of long work: it rises while the engine warms up, and then stays. */
export const memory: Measure = {
  name: "memory",
  title: "Memory over long work, MB resident after 2, 6 and 10 tenths, and tensors alive",
  run: async ({ quick, say }) => {
    const work = { steps: quick ? 1000 : 10_000, rows: quick ? 100_000 : 1_000_000 } as const;
    const rows: string[][] = [];
    const heads = tenths.map((tenth) => `${tenth}/10`);
    for (const [what, count] of Object.entries(work)) {
      say(`memory: ${count} ${what}`);
      const samples = JSON.parse(await printed(process.execPath, [steadyProgram, what, `${count}`])) as Sample[];
      const at = tenths.map((tenth) => samples[Math.ceil((tenth / 10) * samples.length) - 1]!);
      const title = what === "steps" ? "training steps" : "rows scored";
      rows.push([
        `${count.toLocaleString("en-US")} ${title}`,
        ...at.map(({ mb }) => short(mb)),
        at.map(({ tensors }) => tensors).join(", "),
      ]);
    }
    return { title: memory.title, table: { heads: ["work", ...heads, "tensors"], right: heads, rows } };
  },
};
