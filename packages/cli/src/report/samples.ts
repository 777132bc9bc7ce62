import { figure, sampleOverlay } from "@flows/plot";
import { columnsOf } from "../files/model.js";
import { alike, strongestPairs, viewOf } from "./columns.js";
import type { Section, Subject } from "./section.js";

/** Samples over data, for the pairs of columns that vary together most. */
export function samplesSection({ model, data, shown, samples }: Subject): Section | undefined {
  const names = columnsOf(model);
  if (names.length < 2) return undefined;
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
    heading: "Samples over data",
    figures: [
      {
        name: "samples",
        svg: figure({ panels, columns: Math.min(3, panels.length), ...(panels.length === 1 && { width: 640, height: 520 }) }),
        caption: `${samples.shape[0].toLocaleString("en")} samples of the model over ${shown.shape[0].toLocaleString("en")} rows of data.${few}`,
      },
    ],
  };
}
