import { linear } from "@flows/bijectors";
import { type Bijector, chain, push, type Rows } from "@flows/core";
import { normals } from "@flows/core/author";
import { figure, layerByLayer, sequential } from "@flows/plot";
import { farthest, negated } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";
import { fixed } from "../lab/record.js";

const n = 1000;
const first = { matrix: [[1.4, 0.3], [-0.2, 0.7]], bias: [0.5, 0] } as const; // biome-ignore format: a matrix
const second = { matrix: [[0.6, -0.9], [0.8, 0.9]], bias: [-0.5, 1] } as const; // biome-ignore format: a matrix
const logDet = ([[a, b], [c, d]]: readonly [readonly [number, number], readonly [number, number]]): number =>
  Math.log(Math.abs(a * d - b * c));

/** Two affine maps in turn: log-dets add up, and the inverse runs in the reverse order. */
export async function composition(notebook: Notebook): Promise<void> {
  const base: Rows = { data: Float64Array.from(normals(42, 0, n, 2)), shape: [n, 2] };
  const parts: Bijector[] = [linear(first), linear(second)];
  const middle = await push(parts[0]!, base);
  const last = await push(parts[1]!, middle.rows);
  const sums = [0, logDet(first.matrix), logDet(first.matrix) + logDet(second.matrix)];
  const there = await push(chain(parts), base);
  const back = await push(chain([linear(first), linear(second)]), there.rows, "inverse");
  const undone = await push(linear(first), (await push(linear(second), there.rows, "inverse")).rows, "inverse");
  const worst = Math.max(
    farthest(there.logDet, new Float64Array(n).fill(sums[2]!)),
    farthest(there.rows.data, last.rows.data),
    farthest(back.rows.data, undone.rows.data),
    farthest(back.logDet, negated(there.logDet)),
  );
  notebook.row({ id: "004.22", quantity: "log|det| of two affine maps, as a sum", document: sums[2]!, ours: there.logDet[0]! });
  notebook.show("004.22", { value: worst, atMost: 1e-12 });
  await notebook.figure("composition", picture([base, middle.rows, last.rows], sums), ["004.23"]);
}

function picture(stages: readonly Rows[], sums: readonly number[]): string {
  const names = ["Base", "After T₁", "After T₁, then T₂"];
  const angles = Float64Array.from({ length: n }, (_, i) => Math.atan2(stages[0]!.data[2 * i + 1]!, stages[0]!.data[2 * i]!));
  const scale = sequential({ range: [-Math.PI, Math.PI], colormap: "phase", label: "angle in base space (radians)" });
  return figure({
    title: "Composition adds log-determinants",
    panels: layerByLayer({
      stages,
      shared: true,
      titles: names.map((name, i) => `${name}\nΣ log|det| = ${fixed(sums[i]!, 3)}`),
      by: { values: angles, scale },
    }),
    caption: "1,000 points through two affine maps, coloured by their angle in base space, with the running sum of the log-dets (004.23).",
  });
}
