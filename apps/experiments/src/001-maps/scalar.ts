import { push } from "@flows/core";
import { normals } from "@flows/core/author";
import { figure, histogram, line, okabeIto, panel } from "@flows/plot";
import { column, farthest } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";
import { expectation, normalRule } from "../lab/quadrature.js";
import { fixed, mean } from "../lab/record.js";
import { type ScalarMap, scalarMaps } from "./scalar-maps.js";

const places = Float64Array.from({ length: 400 }, (_, i) => -3 + (6 * i) / 399);
const logs = (map: ScalarMap, z: ArrayLike<number>): number[] => Array.from(z, (value) => Math.log(map.slope(value)));

/** Six maps of the line: their values and slopes against the formulas, and their mean log|f'| by quadrature. */
export async function scalar(notebook: Notebook): Promise<void> {
  const rule = normalRule();
  const samples = column(normals(42, 0, 6000, 1));
  const panels = [];
  for (const map of scalarMaps) {
    const bijector = map.make();
    const { rows, logDet } = await push(bijector, column(places));
    notebook.show(map.id, { value: farthest(rows.data, Array.from(places, map.value)), atMost: 1e-12 });
    notebook.show("001.21", { value: farthest(logDet, logs(map, places)), atMost: 1e-12 });
    notebook.show("001.24", { behaviour: `${map.name} rises at 400 places`, passed: rises(rows.data) });
    const average = expectation(rule, (await push(bijector, rule.rows)).logDet);
    notebook.row({ id: "001.23", quantity: `⟨log|f′|⟩ of ${map.name}`, document: map.expected, ours: average });
    notebook.show("001.23", { value: average, expected: map.expected, tolerance: 5.1e-5 });
    const pushed = await push(bijector, samples);
    panels.push(histogramOf(map, pushed.rows.data, mean(Array.from(pushed.logDet))));
    bijector.dispose();
  }
  await notebook.figure("six-maps", curves(), ["001.14"]);
  const caption = "6,000 samples of N(0, 1) through each map, 80 bins; the mean in a title is that of its own samples (001.22).";
  await notebook.figure("six-histograms", figure({ title: "What the maps do to a standard normal", panels, caption }), ["001.22"]);
}

const rises = (values: ArrayLike<number>): boolean => Array.from(values).every((value, i) => i === 0 || value > values[i - 1]!);

const histogramOf = ({ name }: ScalarMap, values: ArrayLike<number>, average: number) =>
  panel({
    title: `${name}\n⟨log|f′|⟩ = ${fixed(average, 2)}`,
    x: { label: "x = f(z)" },
    y: { label: "density" },
    marks: [histogram({ values, bins: 80 })],
  });

const curves = (): string =>
  figure({
    columns: 1,
    width: 720,
    height: 440,
    panels: [
      panel({
        title: "Six maps of the line",
        x: { label: "z" },
        y: { label: "x = f(z)" },
        marks: scalarMaps.map(({ name, value }, i) => line({ x: places, y: places.map(value), label: name, color: okabeIto[i]! })),
      }),
    ],
    caption: "All six rise everywhere, so each has an inverse (001.14, 001.24).",
  });
