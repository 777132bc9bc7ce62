import { normals } from "@flows/core/author";
import { figure, histogram, line, panel, points, roles, rule } from "@flows/plot";
import { farthest } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";

const map = (z: number): number => z ** 3 - z;
const slope = (z: number): number => 3 * z * z - 1;
const turn = 1 / Math.sqrt(3);
const spike = 2 / (3 * Math.sqrt(3));
const view = [-1.5, 1.5] as const;
const range = (low: number, high: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => low + ((high - low) * (i + 0.5)) / count);

/** The real z with z³ - z = x: three between the spikes, else one (Viète and Cardano). */
export function preimages(x: number): number[] {
  if (Math.abs(x) < spike) {
    const angle = Math.acos(Math.min(1, Math.max(-1, x / spike))) / 3;
    return [0, 1, 2].map((k) => 2 * turn * Math.cos(angle - (2 * Math.PI * k) / 3));
  }
  const root = Math.sqrt(Math.max(0, (x / 2) ** 2 - 1 / 27));
  return [Math.cbrt(x / 2 + root) + Math.cbrt(x / 2 - root)];
}

/** The density of T(z): every preimage brings its own mass. */
export const foldedDensity = (x: number): number =>
  preimages(x).reduce((sum, z) => sum + Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) / Math.abs(slope(z)), 0);

/** T = z³ - z is no bijection: three points share one image, and where it turns the density has spikes. */
export async function fold(notebook: Notebook): Promise<void> {
  notebook.show("004.14", { value: farthest([-1, 0, 1].map(map), [0, 0, 0]), atMost: 0 });
  notebook.show("004.14", { value: farthest([slope(-turn), slope(turn)], [0, 0]), atMost: 1e-15 });
  notebook.show("004.14", { value: farthest([map(-turn), map(turn)], [spike, -spike]), atMost: 1e-15 });
  notebook.row({ id: "004.14", quantity: "z where T′ = 0", document: "±1/√3", ours: turn });
  notebook.row({ id: "004.14", quantity: "x where the density has its spikes", document: "±2/(3√3)", ours: map(-turn) });
  const growth = foldedDensity(spike - 1e-8) / foldedDensity(spike - 1e-6);
  notebook.row({ id: "004.14", quantity: "density 100 times nearer the spike, as a ratio", document: "10 (a square root)", ours: growth });
  notebook.show("004.14", { value: growth, expected: 10, tolerance: 0.2 });
  notebook.note(
    "004.14: the spikes are infinite but integrable, so the folded measure still has a density, the sum over all preimages; what is lost is the inverse, and with it the one-term formula that flows use.",
  );
  const samples = normals(42, 0, 200_000, 1).map(map);
  await notebook.figure("fold", picture(samples), ["004.15"]);
}

function picture(samples: Float32Array): string {
  const z = range(-1.7, 1.7, 400);
  const x = range(...view, 3000);
  const critical = { x: [-turn, turn], y: [spike, -spike] };
  return figure({
    title: "A map that folds: T(z) = z³ − z",
    panels: [
      panel({
        title: "Three points, one image",
        x: { label: "z" },
        y: { label: "x = T(z)" },
        marks: [
          line({ x: z, y: z.map(map) }),
          rule({ y: 0 }),
          points({ x: [-1, 0, 1], y: [0, 0, 0], radius: 4, opacity: 1, color: roles.second, label: "T = 0" }),
          points({ ...critical, radius: 4, opacity: 1, color: roles.third, label: "T′ = 0" }),
        ],
      }),
      panel({
        title: "The slope vanishes",
        x: { label: "z" },
        y: { label: "|T′(z)|", domain: [-0.2, 4] },
        marks: [
          line({ x: z, y: z.map((v) => Math.abs(slope(v))) }),
          points({ x: [-turn, turn], y: [0, 0], radius: 4, opacity: 1, color: roles.third, label: "z = ±1/√3" }),
        ],
      }),
      panel({
        title: "The density has spikes",
        x: { label: "x", domain: view },
        y: { label: "p(x)", domain: [0, 3] },
        marks: [
          histogram({ values: samples, bins: 200, range: view, label: "200,000 samples" }),
          line({ x, y: x.map(foldedDensity), color: roles.second, label: "sum over preimages", width: 1.4 }),
        ],
      }),
    ],
    caption: "At x = ±2/(3√3) = ±0.385 the density is infinite: |T′| = 0 there, which every layer of a flow must exclude (004.15).",
  });
}
