import { type Bijector, type Distribution, draw, push, type Rows, score, stages } from "@flows/core";
import { type Cells, cellCenters, chiSquareCdf, figure, latentScatter, type Panel, qqChiSquare, readout } from "@flows/plot";
import { fixed } from "./record.js";

const bijectorOf = (model: Distribution): Bijector => model.children.bijector as Bijector;

/** The members of a flow's chain, from noise to data. */
export const layersOf = (model: Distribution): readonly Bijector[] => bijectorOf(model).children.bijectors as readonly Bijector[];

/** Noise sent to data. */
export const imagesOf = async (model: Distribution, rows: Rows): Promise<Rows> => (await push(bijectorOf(model), rows)).rows;

/** Noise rows, then those rows after each layer of the flow. */
export const stagesOf = async (model: Distribution, noise: Rows): Promise<readonly Rows[]> => [
  noise,
  ...(await stages(model, noise)).map(({ rows }) => rows),
];

/** Log-density at the centres of cells. */
export const logDensityOn = (model: Distribution, cells: Cells): Promise<Float32Array | Float64Array> => {
  const { data, shape } = cellCenters(cells);
  return score(model, { data, shape });
};

/** Base samples of a model: the first n rows of a seed. */
export const noiseOf = (model: Distribution, n: number, seed: number): Promise<Rows> =>
  draw(model.children.base as Distribution, n, { seed });

/** Latent scatter, QQ plot and numbers: is the latent space Gaussian? */
export function gaussianity(latents: Rows, caption: string): string {
  const norms = Float64Array.from({ length: latents.shape[0] }, (_, i) => latents.data[2 * i]! ** 2 + latents.data[2 * i + 1]! ** 2);
  return figure({ panels: [latentScatter({ latents }), qqChiSquare({ latents }), numbers(latents, norms)], caption });
}

function numbers({ data, shape: [n] }: Rows, norms: Float64Array): Panel {
  const average = (value: (row: number) => number): number => Array.from({ length: n }, (_, i) => value(i)).reduce((a, b) => a + b, 0) / n;
  const means = [0, 1].map((k) => average((i) => data[2 * i + k]!));
  const spreads = [0, 1].map((k) => Math.sqrt(average((i) => (data[2 * i + k]! - means[k]!) ** 2)));
  const inside = (radius: number): string =>
    fixed(
      average((i) => Number(norms[i]! < radius ** 2)),
      3,
    );
  const ideal = (radius: number): string => fixed(chiSquareCdf(radius ** 2, 2), 3);
  const correlation = average((i) => (data[2 * i]! - means[0]!) * (data[2 * i + 1]! - means[1]!)) / (spreads[0]! * spreads[1]!);
  return readout({
    title: "Readout",
    readings: [
      { name: "points", value: n.toLocaleString("en-US") },
      { name: "means of z₁, z₂", value: means.map((v) => fixed(v, 3)).join(", ") },
      { name: "standard deviations", value: spreads.map((v) => fixed(v, 3)).join(", ") },
      { name: "correlation", value: fixed(correlation, 3) },
      { name: `inside 1σ (ideal ${ideal(1)})`, value: inside(1) },
      { name: `inside 2σ (ideal ${ideal(2)})`, value: inside(2) },
      {
        name: "mean of ‖z‖² (ideal 2)",
        value: fixed(
          average((i) => norms[i]!),
          3,
        ),
      },
    ],
  });
}
