import { type Rows, tableInverse } from "@flows/core";
import { figure, formatNumber, histogram, latentScatter, line, type Panel, panel, qqChiSquare, type Reading, readout } from "@flows/plot";
import { columnOf } from "./columns.js";
import { latentsOf, mapOf } from "./flow-maps.js";
import type { Section, Subject } from "./section.js";

/** The data sent back to noise: a standard normal where the model is right. */
export async function latentSection({ model, shown }: Subject): Promise<Section | undefined> {
  const map = mapOf(model.flow);
  if (!map) return undefined;
  const latents = await latentsOf(map, tableInverse(model.table, shown).rows);
  const width = latents.shape[1]!;
  const first = width === 1 ? normalOver(latents) : latentScatter({ latents, title: "Data sent back to noise" });
  const panels = [first, qqChiSquare({ latents }), readout({ title: "Readout", readings: readings(latents) })];
  return {
    heading: "Latent space",
    text: "The flow turns data into noise. Where it fits, that noise is a standard normal: 39% of two coordinates lie inside the first ring and 86% inside the second, and squared lengths follow the chi-square line.",
    figures: [{ name: "latents", svg: figure({ panels }), caption: "Outside the band the lengths differ more than chance allows." }],
  };
}

function normalOver(latents: Rows): Panel {
  const z = Float64Array.from({ length: 201 }, (_, i) => -4 + i / 25);
  const normal = z.map((value) => Math.exp(-(value ** 2) / 2) / Math.sqrt(2 * Math.PI));
  const marks = [
    histogram({ values: latents.data, bins: 40, range: [-4, 4], label: "latents" }),
    line({ x: z, y: normal, color: "#d55e00", label: "standard normal" }),
  ];
  return panel({ title: "Data sent back to noise", x: { label: "z₁" }, y: { label: "density" }, marks });
}

function readings(latents: Rows): Reading[] {
  const width = latents.shape[1]!;
  const columns = Array.from({ length: width }, (_, i) => columnOf(latents, i));
  const mean = columns.map((values) => values.reduce((sum, v) => sum + v, 0) / values.length);
  const sd = columns.map((values, i) => Math.sqrt(values.reduce((sum, v) => sum + (v - mean[i]!) ** 2, 0) / values.length));
  const range = (values: readonly number[]): string =>
    width <= 2
      ? values.map((v) => formatNumber(v, 2)).join(", ")
      : `${formatNumber(Math.min(...values), 2)} to ${formatNumber(Math.max(...values), 2)}`;
  const norms = columns[0]!.map((_, row) => columns.reduce((sum, values) => sum + values[row]! ** 2, 0));
  const inside = (radius: number): string => `${((100 * norms.filter((norm) => norm < radius ** 2).length) / norms.length).toFixed(1)}%`;
  const rings = [1, 2].map((radius) => ({ name: `inside ${radius}σ (${expected(width, radius)})`, value: inside(radius) }));
  return [{ name: "means", value: range(mean) }, { name: "standard deviations", value: range(sd) }, ...(width <= 2 ? rings : [])];
}

/** How much of a standard normal of one or two dimensions lies within a radius. */
const expected = (width: number, radius: number): string => {
  const share = width === 2 ? 1 - Math.exp(-(radius ** 2) / 2) : radius === 1 ? 0.6827 : 0.9545;
  return `${(100 * share).toFixed(1)}%`;
};
