import type { Distribution, Rows } from "@flows/core";
import { stages } from "@flows/core";
import { normals, tableForward } from "@flows/core/author";
import { figure, gridDeformation, latticePoints, layerByLayer, line, panel, sequential } from "@flows/plot";
import { columnsOf } from "@flows/tables";
import { alike, viewOf } from "../columns.js";
import type { NamedFigure, Section, Subject } from "../section.js";

/** What the map from noise to data does, and how it does it step by step. */
export async function mapsSection(subject: Subject): Promise<Section | undefined> {
  if (!subject.model.flow.children.bijector) return undefined;
  const width = subject.data.columns.length;
  if (width === 1) return { heading: "The map from noise to data", figures: [await curve(subject)] };
  const figures = [...(width === 2 ? [await grid(subject)] : []), await layers(subject)];
  return { heading: "The map from noise to data", figures };
}

/** Noise after the whole map. */
const moved = async (flow: Distribution, noise: Rows): Promise<Rows> => (await stages(flow, noise)).at(-1)!.rows;

async function curve({ model }: Subject): Promise<NamedFigure> {
  const z = Float64Array.from({ length: 301 }, (_, i) => -3 + i / 50);
  const { rows } = tableForward(model.table, await moved(model.flow, { data: z, shape: [z.length, 1] }));
  const [name = ""] = columnsOf(model);
  const svg = figure({
    panels: [panel({ x: { label: "noise z" }, y: { label: name }, marks: [line({ x: z, y: rows.data })] })],
    width: 640,
  });
  return { name: "map", svg, caption: "Where it is steep it stretches the noise, where it is flat it squeezes it." };
}

async function grid({ model, data, samples }: Subject): Promise<NamedFigure> {
  const lattice = { x: [-3, 3], y: [-3, 3] } as const;
  const image = await moved(model.flow, latticePoints(lattice) as Rows);
  const view = { x: viewOf([data.rows, samples], 0, 0.2), y: viewOf([data.rows, samples], 1, 0.2) };
  const names = [["z₁", "z₂"], columnsOf(model) as [string, string]] as const;
  const [before, after] = gridDeformation({ lattice, moved: tableForward(model.table, image).rows, view, names });
  return {
    name: "grid",
    svg: figure({ panels: [before, { ...after, equal: alike(view.x, view.y) }] }),
    caption: "A regular grid of noise, three standard deviations wide, and where the flow takes it.",
  };
}

/** Most stages that are drawn. */
const mostStages = 12;

async function layers({ model, data }: Subject): Promise<NamedFigure> {
  const width = data.columns.length;
  const n = 1000;
  const noise: Rows = { data: normals(0, 0, n, width), shape: [n, width] };
  const angle = Float64Array.from({ length: n }, (_, i) => Math.atan2(noise.data[i * width + 1]!, noise.data[i * width]!));
  const by = { values: angle, scale: sequential({ range: [-Math.PI, Math.PI], colormap: "phase", label: "angle of the noise" }) };
  const all = [{ type: "Noise", rows: noise }, ...(await stages(model.flow, noise))];
  const chosen = chosenStages(all.length);
  const columns = Math.min(4, chosen.length);
  const titles = chosen.map((stage) => `${stage > 0 ? `${stage}: ` : ""}${all[stage]!.type.replace(/^.*\//, "")}`);
  const some = chosen.length < all.length ? ` ${chosen.length} of ${all.length} stages.` : "";
  const two = width > 2 ? ` Columns ${columnsOf(model).slice(0, 2).join(" and ")}, in the model's units.` : " In the model's units.";
  return {
    name: "layers",
    svg: figure({ panels: layerByLayer({ stages: chosen.map((stage) => all[stage]!.rows), titles, by, columns }), columns, width: 1080 }),
    caption: `1,000 points of noise after each layer, coloured by where they began.${two}${some}`,
  };
}

/** The first and the last stage and some evenly between. */
function chosenStages(count: number): number[] {
  const shown = Math.min(count, mostStages);
  return Array.from({ length: shown }, (_, i) => Math.round((i * (count - 1)) / Math.max(1, shown - 1)));
}
