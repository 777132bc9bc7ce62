import { tanh } from "@flows/bijectors";
import { type Bijector, push } from "@flows/core";
import { normals } from "@flows/core/author";
import { figure, histogram, line, panel, points, roles } from "@flows/plot";
import { column, farthest, negated } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";

const edge = 0.999_999;
const logNormal = (z: number): number => -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
const grid = Float64Array.from({ length: 500 }, (_, i) => -0.999 + (1.998 * i) / 499);

/** x = tanh z: both directions, the two forms of the change of variables, and the density against samples. */
export async function tanhMap(notebook: Notebook): Promise<void> {
  const map = tanh();
  const z = normals(42, 0, 10_000, 1);
  const there = await push(map, column(z));
  const x = Float64Array.from(there.rows.data, (value) => Math.min(edge, Math.max(-edge, value)));
  const back = await push(map, column(x), "inverse");
  notebook.show("001.9", { value: farthest(there.rows.data, Array.from(z, Math.tanh)), atMost: 1e-12 });
  notebook.show("001.9", {
    value: farthest(
      back.rows.data,
      Array.from(x, (v) => 0.5 * Math.log((1 + v) / (1 - v))),
    ),
    atMost: 1e-9,
  });
  notebook.show("001.10", { value: farthest(back.rows.data, z), atMost: 1e-9 });
  notebook.show("001.11", {
    value: farthest(
      back.logDet,
      Array.from(x, (v) => -Math.log1p(-v * v)),
    ),
    atMost: 1e-9,
  });
  notebook.show("001.7", { value: farthest(back.logDet, negated(there.logDet)), atMost: 1e-9 });
  const density = await densityOn(map, grid);
  await showDensity(notebook, map, density);
  await notebook.figure("tanh", picture(z, there.rows.data, density), ["001.13"]);
  map.dispose();
}

/** p(x) = N(z; 0, 1) |dz/dx|. */
async function densityOn(map: Bijector, places: Float64Array): Promise<Float64Array> {
  const { rows, logDet } = await push(map, column(places), "inverse");
  return places.map((_, i) => Math.exp(logNormal(rows.data[i]!) + logDet[i]!));
}

/** The closed form on the grid, and the mass by the midpoint rule in (-1, 1). */
async function showDensity(notebook: Notebook, map: Bijector, density: Float64Array): Promise<void> {
  const closed = grid.map((v) => Math.exp(logNormal(Math.atanh(v))) / (1 - v * v));
  notebook.show("001.12", { value: farthest(density, closed), atMost: 1e-9 });
  const n = 200_000;
  const middles = Float64Array.from({ length: n }, (_, i) => -1 + (2 * (i + 0.5)) / n);
  const mass = (await densityOn(map, middles)).reduce((total, p) => total + (2 * p) / n, 0);
  notebook.row({ id: "001.12", quantity: "mass of the analytic density of tanh z", document: 1, ours: mass });
  notebook.show("001.12", { value: mass, expected: 1, tolerance: 1e-4 });
}

const picture = (z: ArrayLike<number>, x: ArrayLike<number>, density: Float64Array): string =>
  figure({
    columns: 2,
    width: 940,
    height: 390,
    panels: [
      panel({
        title: "Density after tanh",
        x: { label: "x = tanh z" },
        y: { label: "p(x)" },
        marks: [
          histogram({ values: x, bins: 80, label: "10,000 samples" }),
          line({ x: grid, y: density, color: roles.second, label: "analytic" }),
        ],
      }),
      panel({
        title: "The map",
        x: { label: "z ~ N(0, 1)" },
        y: { label: "x = tanh z" },
        marks: [points({ x: z, y: x, radius: 1.2, opacity: 0.25 })],
      }),
    ],
    caption: "Samples of N(0, 1) through tanh, and p(x) = p(z) / (1 − x²) on 500 points from −0.999 to 0.999 (001.13).",
  });
