import { figure, sampleOverlay } from "@flows/plot";
import { columnsOf } from "@flows/tables";
import { alike, strongestPairs, viewOf } from "../columns.js";
import type { NamedFigure, Section, Subject } from "../section.js";
import { sampleTests } from "./sample-tests.js";

/** Samples over data, for the pairs of columns that vary together most, and whether they can be told apart. */
export async function samplesSection(subject: Subject, seed: number, signal: AbortSignal): Promise<Section | undefined> {
  const tests = await sampleTests(subject, seed, signal);
  const figures = subject.data.columns.length < 2 ? [] : [overlays(subject)];
  if (!tests && figures.length === 0) return undefined;
  return { heading: "Samples over data", figures, ...(tests && { tables: [tests] }) };
}

function overlays({ model, data, shown, samples }: Subject): NamedFigure {
  const names = columnsOf(model);
  const pairs = strongestPairs(data.rows, 6);
  const panels = pairs.map((columns) => {
    const [x, y] = columns.map((column) => viewOf([shown, samples], column)) as [[number, number], [number, number]];
    return sampleOverlay({
      real: shown,
      generated: samples,
      columns,
      names: [names[columns[0]]!, names[columns[1]]!],
      equal: names.length === 2 && alike(x, y),
    });
  });
  const all = (names.length * (names.length - 1)) / 2;
  const few = all > pairs.length ? ` The ${pairs.length} of ${all} pairs of columns that vary together most.` : "";
  return {
    name: "samples",
    svg: figure({ panels, columns: Math.min(3, panels.length), ...(panels.length === 1 && { width: 640, height: 520 }) }),
    caption: `${samples.shape[0].toLocaleString("en")} samples of the model over ${shown.shape[0].toLocaleString("en")} rows of data.${few}`,
  };
}
