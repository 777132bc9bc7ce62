import {
  band,
  type Cells,
  categorical,
  cellCenters,
  contours,
  densityHeatmap,
  figure,
  gridDeformation,
  heatmap,
  histogram,
  latentScatter,
  latticePoints,
  layerByLayer,
  line,
  marginals,
  massLevels,
  note,
  panel,
  points,
  qqChiSquare,
  readout,
  rings,
  rule,
  sampleOverlay,
  sequential,
  trainingCurve,
} from "../index.js";
import { moons, normalRows, normals, ring } from "./random.js";

const view: Cells = { x: [-2, 3], y: [-1.6, 2.1], nx: 160, ny: 120 };
const centers = cellCenters(view).data;
const modes = moons(400, 3).data;

/** A kernel estimate: enough of a density for a picture. */
const logDensity = Float64Array.from({ length: view.nx * view.ny }, (_, i) => {
  let sum = 0;
  for (let j = 0; j < 400; j++)
    sum += Math.exp(-((centers[2 * i]! - modes[2 * j]!) ** 2 + (centers[2 * i + 1]! - modes[2 * j + 1]!) ** 2) / 0.02);
  return Math.log(sum / (400 * Math.PI * 0.02));
});

const bend = (xy: Float64Array): Float64Array =>
  xy.map((value, at) => (at % 2 === 0 ? value + 0.6 * Math.tanh(xy[at + 1]!) : 0.7 * value + 0.5 * Math.sin(1.5 * xy[at - 1]!)));

const steps = Float64Array.from({ length: 200 }, (_, i) => i * 25);
const noise = normals(200, 9);
const loss = (gap: number, spread: number) => steps.map((step, i) => 2.145 + gap + 2.2 * Math.exp(-step / 450) + spread * noise[i]!);
const range = (low: number, high: number, count: number) =>
  Float64Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

/** One of each kind of figure, by file name. */
export const examples: Readonly<Record<string, () => string>> = {
  density: () =>
    figure({
      title: "Neural spline flow on two moons",
      panels: [
        panel({
          title: "Data",
          x: { label: "x₁", domain: view.x },
          y: { label: "x₂", domain: view.y },
          equal: true,
          marks: [points({ rows: moons(2000, 1), color: "#8d95a3" })],
        }),
        densityHeatmap({ cells: view, logDensity, show: "log density", title: "Log-density" }),
        densityHeatmap({ cells: view, logDensity, title: "Density", colormap: "magma" }),
      ],
      caption:
        "The gap between the crescents is visible and not empty; there is no mass outside. Held-out rows, evaluation mode, 20,000 points.",
    }),
  overlay: () =>
    figure({
      panels: [
        sampleOverlay({ real: moons(1000, 1), generated: moons(1000, 2), title: "Generated over real" }),
        panel({
          title: "Highest-density regions",
          equal: true,
          marks: [
            contours({
              ...view,
              values: logDensity.map(Math.exp),
              levels: massLevels(logDensity.map(Math.exp), [0.5, 0.9, 0.99]),
              label: "50, 90, 99%",
            }),
          ],
        }),
      ],
    }),
  ring: () => {
    const { rows, modes: mode } = ring(2000, 4);
    const scale = categorical({ names: 8, palette: "tab10", label: "Mode index" });
    return figure({
      panels: [
        panel({
          title: "Data by mode",
          x: { label: "x₁" },
          y: { label: "x₂" },
          equal: true,
          marks: [points({ rows, by: { values: mode, scale } })],
        }),
        latentScatter({ latents: normalRows(2000, 5) }),
        sampleOverlay({ real: rows, generated: ring(4000, 8).rows, title: "4,000 generated over real" }),
      ],
    });
  },
  gaussianity: () => {
    const latents = normalRows(2000, 5);
    return figure({
      title: "Is the latent space Gaussian?",
      panels: [
        latentScatter({ latents }),
        qqChiSquare({ latents }),
        readout({
          title: "Readout",
          readings: [
            { name: "mean of z₁, z₂", value: "0.01, −0.02" },
            { name: "standard deviations", value: "1.01, 0.99" },
            { name: "inside 1σ (0.393)", value: "0.391" },
            { name: "inside 2σ (0.865)", value: "0.863" },
          ],
        }),
      ],
    });
  },
  training: () =>
    figure({
      panels: [
        trainingCurve({
          train: { x: steps, y: loss(0.02, 0.05) },
          validation: { x: steps, y: loss(0.03, 0.01) },
          floor: 2.145,
          title: "Training",
        }),
        trainingCurve({ validation: { x: steps, y: loss(0.03, 0.003) }, floor: 2.145, log: true, title: "Above the floor" }),
      ],
    }),
  grid: () => {
    const lattice = { x: [-2.5, 2.5], y: [-2.5, 2.5] } as const;
    const moved = { data: bend(latticePoints(lattice).data), shape: [2 * 17 * 81, 2] };
    const angles = Float64Array.from({ length: 1000 }, (_, i) =>
      Math.atan2(normalRows(1000, 7).data[2 * i + 1]!, normalRows(1000, 7).data[2 * i]!),
    );
    const scale = sequential({ range: [-Math.PI, Math.PI], colormap: "phase", label: "angle in base space (radians)" });
    return figure({
      panels: [
        ...gridDeformation({ lattice, moved }),
        panel({
          title: "Pushed points",
          equal: true,
          marks: [points({ rows: { data: bend(normalRows(1000, 7).data), shape: [1000, 2] }, by: { values: angles, scale } })],
        }),
      ],
    });
  },
  layers: () => {
    const { rows, modes: mode } = ring(2000, 4);
    const stages: Float64Array[] = [rows.data];
    while (stages.length < 7) stages.push(bend(stages.at(-1)!));
    const by = { values: mode, scale: categorical({ names: 8, palette: "tab10", label: "Mode index" }) };
    return figure({
      title: "Layer by layer",
      columns: 4,
      width: 1240,
      panels: layerByLayer({ stages: stages.map((data) => ({ data, shape: [2000, 2] })), by }),
    });
  },
  oneDimension: () => {
    const z = range(-3, 3, 400);
    const transforms: Readonly<Record<string, (value: number) => number>> = {
      identity: (value) => value,
      "affine 2.5z + 1": (value) => 2.5 * value + 1,
      sigmoid: (value) => 1 / (1 + Math.exp(-value)),
      tanh: Math.tanh,
      "leaky ReLU, α = 0.1": (value) => (value > 0 ? value : 0.1 * value),
      "softplus(z) − log 2": (value) => Math.log1p(Math.exp(value)) - Math.LN2,
    };
    const colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
    const curve = range(-4, 4, 200);
    const normal = curve.map((value) => Math.exp(-(value ** 2) / 2) / Math.sqrt(2 * Math.PI));
    return figure({
      columns: 2,
      width: 960,
      height: 400,
      panels: [
        panel({
          title: "Samples and analytic density",
          x: { label: "x" },
          y: { label: "density" },
          marks: [
            histogram({ values: normals(6000, 2), bins: 80, label: "6,000 samples" }),
            band({ x: curve, low: 0, high: normal, color: "#d55e00", opacity: 0.1 }),
            line({ x: curve, y: normal, color: "#d55e00", label: "p(x)" }),
          ],
        }),
        panel({
          title: "Six maps, ⟨log|f′|⟩ = −0.36",
          x: { label: "z" },
          y: { label: "x = f(z)" },
          marks: Object.entries(transforms).map(([label, f], i) => line({ x: z, y: z.map(f), label, color: colors[i] })),
        }),
      ],
    });
  },
  sweep: () =>
    figure({
      panels: [
        panel({
          title: "Depth",
          x: { label: "layers K" },
          y: { label: "NLL (nats)" },
          legend: "top-right",
          marks: [
            band({ x: [2, 4, 6, 8, 12], low: [2.58, 2.2, 2.18, 2.16, 2.15], high: [2.63, 2.25, 2.21, 2.18, 2.17] }),
            line({ x: [2, 4, 6, 8, 12], y: [2.605, 2.222, 2.193, 2.168, 2.162], dots: true, label: "flow" }),
            rule({ y: 2.1446, label: "floor" }),
            note({ x: 6, y: 2.3, text: "0.048 above\nthe floor", anchor: "middle" }),
          ],
        }),
        panel({
          title: "Affine push-forward",
          equal: true,
          marks: [
            points({
              rows: { data: normalRows(800, 1).data.map((v, at, all) => (at % 2 ? 0.6 * all[at - 1]! + 0.5 * v : 1 + v)), shape: [800, 2] },
              label: "samples",
            }),
            rings({ center: [1, 0], covariance: [[1, 0.6], [0.6, 0.61]], color: "#d55e00", label: "mean and covariance" }), // biome-ignore format: a matrix
          ],
        }),
      ],
    }),
  marginals: () =>
    figure({ columns: 2, panels: marginals({ real: moons(3000, 1), generated: moons(3000, 5), names: ["income <EUR>", "age & years"] }) }),
  edges: () =>
    figure({
      title: "What data can do to a figure",
      columns: 4,
      width: 1240,
      panels: [
        panel({ title: "Nothing", marks: [points({ x: [], y: [] }), line({ x: [], y: [] }), histogram({ values: [] })] }),
        panel({ title: "One point", marks: [points({ x: [3], y: [1e9], label: "only" })] }),
        panel({ title: "Constant", marks: [line({ x: [0, 1, 2], y: [5, 5, 5] })] }),
        panel({
          title: "Not finite",
          x: { label: "x" },
          marks: [points({ x: [1, 2, Number.NaN, 4], y: [1, Number.POSITIVE_INFINITY, 3, 4] })],
        }),
        panel({
          title: "Log axes",
          x: { scale: "log" },
          y: { scale: "log" },
          marks: [line({ x: [1, 10, 100, 1e5], y: [1e-7, 0, 1e-3, 2], dots: true })],
        }),
        panel({ title: "Narrow log axis", y: { scale: "log" }, marks: [line({ x: [1, 2, 3], y: [0.03, 0.05, 0.09] })] }),
        panel({
          title: "Holes in a heat map",
          equal: true,
          marks: [heatmapWithHoles()],
        }),
        panel({ title: '<b>&amp; "quoted" and a very long title that must wrap\u0000', marks: [histogram({ values: [1, 1, 1] })] }),
      ],
    }),
};

function heatmapWithHoles() {
  const values = Array.from({ length: 25 }, (_, i) =>
    i === 7 ? Number.NaN : i === 12 ? Number.NEGATIVE_INFINITY : i === 18 ? Number.POSITIVE_INFINITY : i,
  );
  return heatmap({ x: [0, 1], y: [0, 1], nx: 5, ny: 5, values, bar: "value" });
}
