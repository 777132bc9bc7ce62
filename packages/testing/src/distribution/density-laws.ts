import type { Distribution } from "@flows/core";
import { tensorOf } from "@flows/core/author";
import { broken, close } from "../close.js";
import type { Law } from "../law.js";
import { type Batch, everywhere } from "../plain/batch.js";
import { evaluate } from "../plain/evaluate.js";
import { read } from "../plain/read.js";
import { lawFor } from "../subject.js";
import { type DistributionSubject, oneContext } from "./subject.js";

const points = { 1: 4000, 2: 160 } as const;
/** So many that samples three hundredths too wide are seen. */
const drawn = 40_000;

/** Cells of a grid over the support: their centres, and each cell's mass. */
interface Masses {
  readonly dimensions: 1 | 2;
  /** Where the grid begins, and how wide a cell is. */
  readonly low: number;
  readonly cell: number;
  readonly centres: Float64Array;
  readonly masses: Float64Array;
}

async function massesOf(d: Distribution, subject: DistributionSubject, dimensions: 1 | 2): Promise<Masses> {
  const [lo, hi] = [Math.max(subject.support?.[0] ?? -10, -100), Math.min(subject.support?.[1] ?? 10, 100)];
  const n = points[dimensions];
  const cell = (hi - lo) / n;
  const cells = n ** dimensions;
  const centres = Float64Array.from({ length: cells * dimensions }, (_, i) => {
    const [row, column] = [Math.floor(i / dimensions), i % dimensions];
    return lo + cell * ((column === 0 ? row % n : Math.floor(row / n)) + 0.5);
  });
  const context = oneContext(subject);
  const repeated = Float64Array.from({ length: context.length * cells }, (_, i) => context[i % context.length]!);
  const batch: Batch = { rows: centres, shape: [cells, ...subject.event], context: repeated };
  const { logProb } = await evaluate(d, subject.density, batch);
  return { dimensions, low: lo, cell, centres, masses: Float64Array.from(logProb!, (v) => Math.exp(v) * cell ** dimensions) };
}

/** The mass where a test of the coordinates holds. */
const massWhere = ({ dimensions, centres, masses }: Masses, test: (x: number, y: number) => boolean): number =>
  masses.reduce((sum, mass, i) => sum + (test(centres[i * dimensions]!, centres[i * dimensions + 1]!) ? mass : 0), 0);

async function samplesOf(d: Distribution, subject: DistributionSubject): Promise<ArrayLike<number>> {
  const row = oneContext(subject);
  const context =
    row.length > 0
      ? tensorOf(
          Float64Array.from({ length: row.length * drawn }, (_, i) => row[i % row.length]!),
          [drawn, row.length],
        )
      : undefined;
  const { sample } = await read({ sample: d.sample(drawn, { seed: 11, context }) });
  context?.dispose();
  return sample!;
}

/** In one or two dimensions: the density integrates to 1 and samples follow it. */
export function densityLaws(subject: DistributionSubject): Law[] {
  const size = subject.event.reduce((a, b) => a * b, 1);
  if (size !== 1 && size !== 2) return [];
  return [
    lawFor(subject, "logProb integrates to 1", async (d) => {
      close(
        "the integral of exp(logProb)",
        [massWhere(await massesOf(d, subject, size), () => true)],
        [1],
        (subject.massTolerance ?? 1e-3) / 2,
      );
    }),
    lawFor(subject, "samples follow logProb", async (d) => {
      const masses = await massesOf(d, subject, size);
      const samples = await samplesOf(d, subject);
      for (const [name, test, cut] of regions(samples, masses)) {
        const share = massWhere({ ...masses, centres: Float64Array.from(samples), masses: new Float64Array(drawn).fill(1 / drawn) }, test);
        const want = massWhere(masses, test);
        const deviation = Math.sqrt(Math.max(want * (1 - want), 1 / drawn) / drawn);
        if (Math.abs(share - want) > 5 * deviation + (subject.massTolerance ?? 1e-3) + (cut ? cutCells : 0))
          broken(`${name}: ${share} of the samples, ${want} of the mass`);
      }
    }),
    lawFor(subject, "samples lie in the support", async (d) => {
      const [lo, hi] = subject.support ?? everywhere;
      const strays = Array.from(await samplesOf(d, subject)).filter((v) => !(v >= lo && v <= hi));
      if (strays.length > 0) broken(`${strays[0]} is outside [${lo}, ${hi}]`);
    }),
  ];
}

/** A part of the space; `cut` where its border cuts cells of the grid in two. */
type Region = readonly [name: string, test: (x: number, y: number) => boolean, cut: boolean];

/** What the mass of cut cells may be off by. */
const cutCells = 0.02;

/** Half lines and half planes at quantiles of the samples, strips between two of them, all along edges of cells; and slanted half planes. */
function regions(samples: ArrayLike<number>, { dimensions, low, cell }: Masses): Region[] {
  const along = (coordinate: (x: number, y: number) => number): number[] => {
    const values = Float64Array.from({ length: drawn }, (_, i) =>
      coordinate(samples[i * dimensions]!, samples[i * dimensions + 1]!),
    ).sort();
    return [0.1, 0.125, 0.25, 0.5, 0.75, 0.875, 0.9].map((p) => values[Math.floor(p * drawn)]!);
  };
  const edge = (value: number): number => low + cell * Math.round((value - low) / cell);
  const axes: [string, (x: number, y: number) => number][] = [["x", (x) => x], ...(dimensions === 2 ? [["y", (_x: number, y: number) => y] as [string, (x: number, y: number) => number]] : [])]; // biome-ignore format: two axes
  const slants: [string, (x: number, y: number) => number][] = dimensions === 2 ? [["x + y", (x, y) => x + y], ["x - y", (x, y) => x - y]] : []; // biome-ignore format: two slants
  return [
    ...axes.flatMap(([name, coordinate]): Region[] => {
      const at = along(coordinate).map(edge);
      const [from, to] = [at[1]!, at[5]!];
      const strip: Region = [`${from} < ${name} <= ${to}`, (x, y) => coordinate(x, y) > from && coordinate(x, y) <= to, false];
      return [...at.map((t): Region => [`${name} <= ${t}`, (x, y) => coordinate(x, y) <= t, false]), strip];
    }),
    ...slants.flatMap(([name, coordinate]) =>
      along(coordinate).map((t): Region => [`${name} <= ${t}`, (x, y) => coordinate(x, y) <= t, true]),
    ),
  ];
}
