import { affineTransformer, coupling, halfMask, householder, linear, mlp } from "@flows/bijectors";
import { type Bijector, chain, type Distribution, flow, normal, push, type Rows, reseed, score } from "@flows/core";
import { normals } from "@flows/core/author";
import { farthest, negated } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";
import { mean } from "../lab/record.js";

const couple = (features: number, turn: number): Bijector => {
  const mask = halfMask(features, turn);
  const kept = mask.filter((keep) => keep === 1).length;
  const conditioner = mlp({ features: kept, hidden: [16], outputs: 2 * (features - kept), activation: "tanh", last: "random" });
  return coupling({ mask, conditioner, transformer: affineTransformer({}) });
};

function modelOf(features: number): Distribution {
  const bijector = chain([couple(features, 0), householder({ features }), couple(features, 1)]);
  const model = flow({ base: normal({ features }), bijector });
  reseed(model, 3);
  return model;
}

const noise = (n: number, features: number): Rows => ({ data: Float64Array.from(normals(42, 0, n, features)), shape: [n, features] });

/** The matrix of ∂z/∂x at one row, by central differences. */
async function jacobian(map: Bijector, { data }: Rows): Promise<number[][]> {
  const d = data.length;
  const h = 1e-5;
  const shifted = Float64Array.from({ length: 2 * d * d }, (_, at) => {
    const [row, column] = [Math.floor(at / d), at % d];
    return data[column]! + (row >> 1 === column ? (row % 2 === 0 ? h : -h) : 0);
  });
  const { rows } = await push(map, { data: shifted, shape: [2 * d, d] }, "inverse");
  return Array.from({ length: d }, (_, i) =>
    Array.from({ length: d }, (__, j) => (rows.data[2 * j * d + i]! - rows.data[(2 * j + 1) * d + i]!) / (2 * h)),
  );
}

async function logAbsDet(matrix: readonly (readonly number[])[]): Promise<number> {
  const map = linear({ matrix });
  const { logDet } = await push(map, { data: new Float64Array(matrix.length), shape: [1, matrix.length] });
  map.dispose();
  return logDet[0]!;
}

/** log p(x) = log p(z) + log|det ∂z/∂x| in any dimension, and the three things a flow's maps must be. */
export async function dimensions(notebook: Notebook): Promise<void> {
  for (const d of [2, 3, 5, 16]) {
    const model = modelOf(d);
    const map = model.children.bijector as Bijector;
    const { rows: x } = await push(map, noise(1, d));
    const { rows: z } = await push(map, x, "inverse");
    const byMatrix = (await score(model.children.base as Distribution, z))[0]! + (await logAbsDet(await jacobian(map, x)));
    for (const id of ["001.25", "003.5"]) notebook.show(id, { value: (await score(model, x))[0]!, expected: byMatrix, tolerance: 1e-7 });
    if (d === 16) {
      notebook.row({ id: "001.25", quantity: "log p(x) of 16 features by the full Jacobian matrix", document: "equal", ours: byMatrix });
      notebook.row({ id: "001.25", quantity: "the same by the layers' log-dets", document: "equal", ours: (await score(model, x))[0]! });
      await requirements(notebook, map);
    }
    model.dispose();
  }
}

async function requirements(notebook: Notebook, map: Bijector): Promise<void> {
  const z = noise(20_000, 16);
  const there = await push(map, z);
  const back = await push(map, there.rows, "inverse");
  notebook.show("001.26", { value: farthest(back.rows.data, z.data), atMost: 1e-10 });
  notebook.show("001.26", { value: farthest(back.logDet, negated(there.logDet)), atMost: 1e-10 });
  const tails = excessKurtosis(Array.from({ length: 20_000 }, (_, i) => there.rows.data[16 * i]!));
  notebook.row({ id: "001.26", quantity: "excess kurtosis of a coordinate after two couplings (linear maps: 0)", ours: tails });
  notebook.show("001.26", {
    behaviour: "invertible; a log-det without a determinant (001.25); two layers bend a normal",
    passed: tails > 0.2,
  });
}

function excessKurtosis(values: readonly number[]): number {
  const middle = mean(values);
  const power = (k: number): number => mean(values.map((v) => (v - middle) ** k));
  return power(4) / power(2) ** 2 - 3;
}
