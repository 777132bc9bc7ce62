import { affineTransformer, coupling, mlp, permutation } from "@flows/bijectors";
import { type Bijector, chain, push, type Rows } from "@flows/core";
import { normals } from "@flows/core/author";
import { farthest, negated } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";

const couple = (): Bijector =>
  coupling({
    mask: [1, 0],
    conditioner: mlp({ features: 1, hidden: [16], outputs: 2, last: "random" }),
    transformer: affineTransformer({}),
  });

/**
 * Through K layers the log-density of x = f(z) loses the sum of their log-dets, which is what the other direction adds.
 * A permutation between two couplings with the same mask lets both coordinates move and changes no volume.
 */
export async function layers(notebook: Notebook): Promise<void> {
  const parts = [couple(), permutation({ order: [1, 0] }), couple()];
  let rows: Rows = { data: Float64Array.from(normals(42, 0, 100, 2)), shape: [100, 2] };
  const base = rows;
  const sum = new Float64Array(100);
  for (const [i, part] of parts.entries()) {
    const { rows: next, logDet } = await push(part, rows);
    if (i === 1) notebook.show("001.40", { value: farthest(logDet, new Float64Array(100)), atMost: 0 });
    for (const [row, value] of logDet.entries()) sum[row]! += value;
    rows = next;
  }
  const moved = [0, 1].every((column) => rows.data.some((value, at) => at % 2 === column && value !== base.data[at]));
  notebook.show("001.40", { behaviour: "coupling, permutation, coupling moves both coordinates", passed: moved });
  const whole = chain(parts);
  const back = await push(whole, rows, "inverse");
  const worst = farthest(back.logDet, negated(sum));
  for (const id of ["001.8", "001.48"]) notebook.show(id, { value: Math.max(worst, farthest(back.rows.data, base.data)), atMost: 1e-10 });
  notebook.note("001.48: the document adds the log-dets of x = f(z); the density subtracts them (D6), checked on three layers.");
  whole.dispose();
}
