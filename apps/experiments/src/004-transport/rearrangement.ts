import type { Rows } from "@flows/core";
import { normals } from "@flows/core/author";
import { ring } from "@flows/datasets";
import { figure, gridDeformation, latticePoints, panel, points } from "@flows/plot";
import erfc from "@stdlib/math-base-special-erfc";
import { farthest, logStandardNormal, plane } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";

const toy = ring();
const sd = 0.25;
const centres = Array.from({ length: 8 }, (_, k) => [3 * Math.cos((k * Math.PI) / 4), 3 * Math.sin((k * Math.PI) / 4)] as const);
const below = (z: number): number => 0.5 * erfc(-z / Math.SQRT2);

/** Where a rising function reaches a level, by bisection. */
function root(rising: (x: number) => number, level: number): number {
  let [left, right] = [-6, 6];
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (left + right);
    if (rising(middle) < level) left = middle;
    else right = middle;
  }
  return 0.5 * (left + right);
}

/** The inverse of the CDF of a mixture of the modes along one axis. */
function quantile(axis: 0 | 1, weights: readonly number[], level: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return root((x) => centres.reduce((sum, centre, k) => sum + weights[k]! * below((x - centre[axis]) / sd), 0) / total, level);
}

/** Eq. 8.1: x₁ by the inverse CDF of its marginal, x₂ by that of its conditional given x₁. */
function triangularMap(z1: number, z2: number): readonly [number, number] {
  const x1 = quantile(
    0,
    centres.map(() => 1),
    below(z1),
  );
  const weights = centres.map(([c]) => Math.exp(-0.5 * ((x1 - c) / sd) ** 2));
  return [x1, quantile(1, weights, below(z2))];
}

const through = ({ data, shape }: Rows): Rows => plane(shape[0], (i) => triangularMap(data[2 * i]!, data[2 * i + 1]!));

/** log|det| of the map by central differences: the product of its diagonal, for it is triangular. */
function logDet({ data, shape: [n] }: Rows): Float64Array {
  const h = 1e-5;
  return Float64Array.from({ length: n }, (_, i) => {
    const [z1, z2] = [data[2 * i]!, data[2 * i + 1]!];
    const first = (triangularMap(z1 + h, z2)[0] - triangularMap(z1 - h, z2)[0]) / (2 * h);
    const second = (triangularMap(z1, z2 + h)[1] - triangularMap(z1, z2 - h)[1]) / (2 * h);
    return Math.log(first) + Math.log(second);
  });
}

/** The Knothe-Rosenblatt rearrangement from the normal to the ring: its pushed density is the ring's. */
export async function rearrangement(notebook: Notebook): Promise<void> {
  const z: Rows = { data: Float64Array.from(normals(42, 0, 500, 2)), shape: [500, 2] };
  const x = through(z);
  const volume = logDet(z);
  const pushed = logStandardNormal(z).map((value, i) => value - volume[i]!);
  const worst = farthest(pushed, toy.logDensity!(x));
  notebook.row({ id: "004.86", quantity: "greatest error of log p by the triangular map, 500 points", document: 0, ours: worst });
  notebook.show("004.86", { value: worst, atMost: 1e-3 });
  notebook.note(
    "004.86: between two densities that are positive everywhere a map exists (Bogachev; Sudakov), and this triangular one is unique (Knothe; Rosenblatt). Teshima et al. (2020): stacks of affine couplings come as near as one likes to any diffeomorphism on a compact set; how many layers that takes they do not say.",
  );
  await notebook.figure("rearrangement", picture(x), ["004.86"]);
}

function picture(samples: Rows): string {
  const lattice = { x: [-2.5, 2.5], y: [-2.5, 2.5], lines: 16, steps: 201 } as const;
  const cloud = panel({
    title: "500 samples through T",
    x: { label: "x₁" },
    y: { label: "x₂" },
    equal: true,
    marks: [points({ rows: samples })],
  });
  const titles = ["Grid in noise", "Grid through T"] as const;
  return figure({
    panels: [...gridDeformation({ lattice, moved: through(latticePoints(lattice)), titles }), cloud],
    caption:
      "The Knothe-Rosenblatt map of a normal to the ring of Gaussians: upright lines stay upright, for x₁ hangs on z₁ alone (004.86).",
  });
}
