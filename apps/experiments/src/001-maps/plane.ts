import { type Pushed, push, type Rows } from "@flows/core";
import { normals } from "@flows/core/author";
import { figure, type Panel, panel, points, sequential } from "@flows/plot";
import { farthest, negated } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";
import { expectation, planeRule } from "../lab/quadrature.js";
import { fixed, mean } from "../lab/record.js";
import { type PlaneMap, planeMaps } from "./plane-maps.js";

/** Acceptance lines of the formulas that each map is checked against. */
const formulas: Readonly<Record<string, readonly string[]>> = {
  "001.43": ["001.35"],
  "001.45": ["001.36"],
  "001.46": ["001.37", "001.38"],
  "001.47": ["001.39"],
};

const pairs = ({ data, shape }: Rows): (readonly [number, number])[] =>
  Array.from({ length: shape[0] }, (_, i) => [data[2 * i]!, data[2 * i + 1]!] as const);

/** Six maps of the plane against their formulas, their mean log|det J| by quadrature, and 4,000 samples through each. */
export async function plane(notebook: Notebook): Promise<void> {
  const samples: Rows = { data: Float64Array.from(normals(42, 0, 4000, 2)), shape: [4000, 2] };
  const angles = pairs(samples).map(([x, y]) => Math.atan2(y, x));
  const rule = planeRule();
  const panels: Panel[] = [];
  for (const map of planeMaps) {
    const bijector = map.make();
    const pushed = await push(bijector, samples);
    showFormulas(notebook, map, samples, pushed, await push(bijector, pushed.rows, "inverse"));
    const average = expectation(rule, (await push(bijector, rule.rows)).logDet);
    notebook.row({ id: map.id, quantity: `⟨log|det J|⟩ of ${map.name}`, document: map.expected, ours: average });
    notebook.show(map.id, { value: average, expected: map.expected, tolerance: 5.1e-5 });
    panels.push(cloud(map, pushed, angles));
    bijector.dispose();
  }
  const caption =
    "4,000 samples of N(0, I), coloured by their angle before the map; the mean in a title is that of these samples (001.41 to 001.47).";
  const ids = ["001.41", ...planeMaps.map(({ id }) => id)];
  await notebook.figure("plane-maps", figure({ title: "Six maps of the plane", panels, caption }), ids);
}

function showFormulas(notebook: Notebook, { id, value, logDet }: PlaneMap, samples: Rows, pushed: Pushed, back: Pushed): void {
  const worst = Math.max(
    farthest(pushed.rows.data, pairs(samples).flatMap(value)),
    farthest(pushed.logDet, pairs(samples).map(logDet)),
    farthest(back.rows.data, samples.data),
    farthest(back.logDet, negated(pushed.logDet)),
  );
  for (const line of formulas[id] ?? []) notebook.show(line, { value: worst, atMost: 1e-9 });
  notebook.show(id, { value: worst, atMost: 1e-9 });
}

const cloud = ({ name }: PlaneMap, { rows, logDet }: Pushed, angles: readonly number[]): Panel =>
  panel({
    title: `${name}\n⟨log|det J|⟩ = ${fixed(mean(Array.from(logDet)), 2)}`,
    x: { label: "x₁" },
    y: { label: "x₂" },
    equal: true,
    colorBar: false,
    marks: [points({ rows, by: { values: angles, scale: sequential({ range: [-Math.PI, Math.PI], colormap: "phase" }) } })],
  });
