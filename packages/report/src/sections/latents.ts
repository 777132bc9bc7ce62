import { latents, type Rows, summary } from "@flows/core";
import { checkLatents, type LatentCheck } from "@flows/diagnostics";
import { figure, formatNumber, histogram, latentScatter, line, type Panel, panel, qqChiSquare, type Reading, readout } from "@flows/plot";
import { doubtful, pWords, threshold } from "../p-value.js";
import type { Section, Subject } from "../section.js";

/** Rows from which on latents are tested. */
const fewest = 10;

/** The data sent back to noise: a standard normal where the model is right. */
export async function latentSection({ model, judged }: Subject): Promise<Section | undefined> {
  if (summary(model.flow).base?.type !== "flows/normal" || judged.rows.shape[0] < fewest) return undefined;
  const noise = await latents(model.flow, judged.own);
  const check = checkLatents(noise);
  const first = noise.shape[1] === 1 ? normalOver(noise) : latentScatter({ latents: noise, title: "Data sent back to noise" });
  const panels = [first, qqChiSquare({ latents: noise }), readout({ title: "Readout", readings: readings(check) })];
  return {
    heading: "Latent space",
    text: `The flow turns data into noise. Where it fits, that noise is a standard normal: 39% of two coordinates lie inside the first ring and 86% inside the second, and squared lengths follow the chi-square line. ${judged.words} ${overall(check)}`,
    figures: [{ name: "latents", svg: figure({ panels }), caption: "Outside the band the lengths differ more than chance allows." }],
  };
}

/** What all tests say together, and where the lengths are wrong, how. */
function overall({ pValue, squaredNorm }: LatentCheck): string {
  const together = "Norms, coordinates and correlations together say";
  if (pValue >= doubtful) return `${together} nothing against it (${pWords(pValue)}). ${threshold}`;
  const { mean, expectedMean, meanPValue } = squaredNorm;
  const how = mean > expectedMean ? "too long: the density is too narrow" : "too short: the density is too wide";
  return `${together} that it is not (${pWords(pValue)}). ${threshold}${meanPValue < doubtful ? ` Squared lengths are on average ${how} (mean ${mean.toFixed(2)} of ${expectedMean}, ${pWords(meanPValue)}).` : ""}`;
}

function normalOver({ data }: Rows): Panel {
  const z = Float64Array.from({ length: 201 }, (_, i) => -4 + i / 25);
  const normal = z.map((value) => Math.exp(-(value ** 2) / 2) / Math.sqrt(2 * Math.PI));
  const marks = [
    histogram({ values: data, bins: 40, range: [-4, 4], label: "latents" }),
    line({ x: z, y: normal, color: "#d55e00", label: "standard normal" }),
  ];
  return panel({ title: "Data sent back to noise", x: { label: "z₁" }, y: { label: "density" }, marks });
}

function readings({ marginals, rings, squaredNorm, correlations }: LatentCheck): Reading[] {
  const range = (values: readonly number[]): string =>
    values.length <= 2
      ? values.map((value) => formatNumber(value, 2)).join(", ")
      : `${formatNumber(Math.min(...values), 2)} to ${formatNumber(Math.max(...values), 2)}`;
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  return [
    { name: "means", value: range(marginals.map(({ mean }) => mean)) },
    { name: "standard deviations", value: range(marginals.map(({ standardDeviation }) => standardDeviation)) },
    { name: "least p of a coordinate", value: pWords(Math.min(...marginals.map(({ pValue }) => pValue))) },
    ...(correlations
      ? [{ name: "strongest correlation", value: `${correlations.strongest.correlation.toFixed(2)}, ${pWords(correlations.pValue)}` }]
      : []),
    {
      name: `mean of ‖z‖² (${squaredNorm.expectedMean})`,
      value: `${formatNumber(squaredNorm.mean, 3)}, ${pWords(squaredNorm.meanPValue)}`,
    },
    { name: "law of ‖z‖²", value: pWords(squaredNorm.pValue) },
    ...(marginals.length <= 2 ? rings : []).map(({ radius, expected, observed }) => ({
      name: `inside ${radius}σ (${percent(expected)})`,
      value: percent(observed),
    })),
  ];
}
