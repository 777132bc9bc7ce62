import { additiveTransformer, affineTransformer, coupling, mlp } from "@flows/bijectors";
import { type Bijector, chain, push, type Rows, reseed, type Transformer } from "@flows/core";
import { defineTransformer, normals } from "@flows/core/author";
import { add, asinh, cosh, log, neg, sinh, sub, sum } from "@flows/core/ops";
import { figure, layerByLayer, sequential } from "@flows/plot";
import { farthest, negated } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";

const n = 2000;
const masks = [[1, 0], [0, 1]] as const; // biome-ignore format: two masks

/** An elementwise map of somebody's own: x = sinh z + t. */
const sinhTransformer = defineTransformer({ type: "experiments/sinh", options: [] }, (_config: {}) => ({
  paramCount: 1,
  forward: (z, raw) => [add(sinh(z), raw), sum(log(cosh(z)), 1)],
  inverse: (x, raw) => [asinh(sub(x, raw)), neg(sum(log(cosh(asinh(sub(x, raw)))), 1))],
}));

function layer(mask: readonly number[], transformer: Transformer, outputs: number): Bijector {
  const conditioner = mlp({ features: 1, hidden: [32], outputs, activation: "tanh", last: "random" });
  return coupling({ mask, conditioner, transformer });
}

const affine = (mask: readonly number[]): Bijector => layer(mask, affineTransformer({}), 2);

/** Coupling layers: what they keep, what they add up to, and how they are undone. */
export async function couplings(notebook: Notebook): Promise<void> {
  const base: Rows = { data: Float64Array.from(normals(42, 0, n, 2)), shape: [n, 2] };
  await kinds(notebook, base);
  const parts = masks.map(affine);
  const stack = chain(parts);
  reseed(stack, 5);
  const one = await push(parts[0]!, base);
  const two = await push(parts[1]!, one.rows);
  const whole = await push(stack, base);
  const back = await push(stack, whole.rows, "inverse");
  const first = (rows: Rows): Float64Array => Float64Array.from({ length: n }, (_, i) => rows.data[2 * i]!);
  notebook.row({
    id: "004.37",
    quantity: "change of z₁'s values by one layer with mask [1, 0]",
    document: 0,
    ours: farthest(first(one.rows), first(base)),
  });
  notebook.show("004.37", { value: farthest(first(one.rows), first(base)), atMost: 0 });
  notebook.show("004.37", { behaviour: "the second mask moves what the first kept", passed: farthest(first(two.rows), first(base)) > 0.1 });
  const sums = Array.from(one.logDet, (value, i) => value + two.logDet[i]!);
  notebook.show("004.39", { value: farthest(whole.logDet, sums), atMost: 1e-12 });
  notebook.row({
    id: "004.42",
    quantity: "greatest error of a round trip through two couplings",
    document: 0,
    ours: farthest(back.rows.data, base.data),
  });
  notebook.show("004.42", { value: farthest(back.rows.data, base.data), atMost: 1e-12 });
  notebook.show("004.42", { value: farthest(back.logDet, negated(whole.logDet)), atMost: 1e-12 });
  await notebook.figure("coupling-stack", picture([base, one.rows, two.rows]), ["004.40"]);
  stack.dispose();
}

/** Additive, affine and a transformer of our own: round trips, and log-dets against central differences. */
async function kinds(notebook: Notebook, base: Rows): Promise<void> {
  const made = {
    "004.31": layer(masks[0], additiveTransformer({}), 1),
    "004.32": affine(masks[0]),
    "004.29": layer(masks[0], sinhTransformer({}), 1),
  };
  for (const [id, map] of Object.entries(made)) {
    const there = await push(map, base);
    const back = await push(map, there.rows, "inverse");
    notebook.show(id, { value: farthest(back.rows.data, base.data), atMost: 1e-10 });
    notebook.show(id, { value: farthest(there.logDet, await slopes(map, base)), atMost: 1e-8 });
    if (id === "004.31") notebook.show(id, { value: farthest(there.logDet, new Float64Array(n)), atMost: 0 });
    map.dispose();
  }
}

/** log|dx₂/dz₂|, which is the log-det of a map that keeps the first coordinate. */
async function slopes(map: Bijector, { data, shape }: Rows): Promise<Float64Array> {
  const h = 1e-5;
  const moved = async (by: number) => (await push(map, { data: data.map((v, at) => v + (at % 2) * by) as Float64Array, shape })).rows.data;
  const [up, down] = [await moved(h), await moved(-h)];
  return Float64Array.from({ length: n }, (_, i) => Math.log((up[2 * i + 1]! - down[2 * i + 1]!) / (2 * h)));
}

function picture(stages: readonly Rows[]): string {
  const values = Float64Array.from({ length: n }, (_, i) => Math.atan2(stages[0]!.data[2 * i + 1]!, stages[0]!.data[2 * i]!));
  const scale = sequential({ range: [-Math.PI, Math.PI], colormap: "phase", label: "angle in base space (radians)" });
  return figure({
    title: "Two affine couplings with alternating masks",
    panels: layerByLayer({
      stages,
      titles: ["Base", "After mask [1, 0]: x₂ moves", "After mask [0, 1]: x₁ moves"],
      by: { values, scale },
      shared: true,
    }),
    caption: "2,000 points, coloured by their angle in base space. Each layer keeps one coordinate of every point (004.40).",
  });
}
