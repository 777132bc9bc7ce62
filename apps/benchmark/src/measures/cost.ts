import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wasm } from "@flows/backend-wasm";
import { realNvp } from "@flows/bijectors";
import { adam, nllStep, useBackend } from "@flows/core";
import { normals, rowsTensor } from "@flows/core/author";
import { figure, line, panel } from "@flows/plot";
import { toPng } from "@flows/plot/png";
import { outFolder } from "../folders.js";
import { short } from "../numbers.js";
import { timesOf } from "../statistics.js";
import type { Measure } from "./measure.js";

interface Size {
  readonly rows: number;
  readonly features: number;
  readonly layers: number;
  readonly width: number;
}

const usual: Size = { rows: 256, features: 2, layers: 6, width: 64 };
const sweeps: Readonly<Record<keyof Size, readonly number[]>> = {
  rows: [64, 128, 256, 512, 1024, 4096],
  features: [2, 4, 8, 16, 32, 64],
  layers: [2, 4, 8, 16, 32],
  width: [16, 32, 64, 128, 256],
};

/** Least milliseconds of a training step. */
function stepMs({ rows, features, layers, width }: Size, times: number): number {
  const flow = realNvp({ features, layers, hidden: [width, width] });
  const x = rowsTensor({ data: normals(1, 0, rows, features), shape: [rows, features] });
  const optimizer = adam(flow, { clip: 5 });
  const found = Array.from({ length: times }, () => {
    const from = performance.now();
    nllStep(optimizer, flow, x).dispose();
    return performance.now() - from;
  });
  optimizer.dispose();
  x.dispose();
  flow.dispose();
  return timesOf(found).min;
}

/** A step's cost against one size at a time, on one thread. */
export const cost: Measure = {
  name: "cost",
  title: "Cost of a training step, least ms on one thread: 256 rows, 2 features, 6 couplings with one network of width 64, one size varied",
  run: async ({ quick, say }) => {
    const backend = await useBackend(wasm({ threads: 1 }));
    try {
      const found = Object.entries(sweeps).map(([name, values]) => {
        say(`cost: ${name}`);
        return { name, values, ms: values.map((value) => stepMs({ ...usual, [name]: value }, quick ? 20 : 300)) };
      });
      await draw(found);
      const rows = found.flatMap(({ name, values, ms }) => values.map((value, i) => [name, `${value}`, short(ms[i]!)]));
      return { title: cost.title, table: { heads: ["varied", "value", "ms"], right: ["value", "ms"], rows } };
    } finally {
      backend.dispose();
    }
  },
};

async function draw(found: readonly { readonly name: string; readonly values: readonly number[]; readonly ms: readonly number[] }[]) {
  const panels = found.map(({ name, values, ms }) =>
    panel({
      title: name,
      x: { label: name, scale: "log" },
      y: { label: "ms a step", scale: "log" },
      marks: [line({ x: [...values], y: [...ms], dots: true })],
    }),
  );
  const svg = figure({
    title: "What a training step costs",
    columns: 2,
    panels,
    caption: "Least of many steps on one thread; the other sizes stay.",
  });
  mkdirSync(outFolder, { recursive: true });
  writeFileSync(join(outFolder, "cost.svg"), svg);
  writeFileSync(join(outFolder, "cost.png"), await toPng(svg));
}
