import { type Rows, summary } from "@flows/core";
import { isToySpec } from "@flows/datasets";
import { report } from "@flows/plot";
import { aboveFloor, type Data, drawRows, floorOf, type Model, scoreRows } from "@flows/tables";
import { thinned } from "./columns.js";
import { judgedRows } from "./judged.js";
import type { NamedFigure, Section, Subject } from "./section.js";
import { calibrationSection } from "./sections/calibration.js";
import { costSection } from "./sections/cost.js";
import { densitySection } from "./sections/density.js";
import { factsOf } from "./sections/facts.js";
import { latentSection } from "./sections/latents.js";
import { mapsSection } from "./sections/maps.js";
import { modesSection } from "./sections/modes.js";
import { outliersSection } from "./sections/outliers.js";
import { samplesSection } from "./sections/samples.js";
import { trainingSection } from "./sections/training.js";

/** A page, and what is drawn on it. */
export interface BuiltReport {
  /** One self-contained HTML document. */
  readonly html: string;
  /** "density", "samples", "latents", ...: each an SVG text with its caption. */
  readonly figures: readonly NamedFigure[];
}

export interface BuildOptions {
  /** Of samples and of tests by permutation. Default 0. */
  readonly seed?: number | undefined;
  /** Stops with FlowsError "aborted". */
  readonly signal?: AbortSignal | undefined;
}

/** Most rows that a scatter plot shows. */
const mostShown = 2000;

/**
 * One self-contained page that judges a model on data, and its figures by name: density, samples, latents, calibration, modes, outliers, training, the
 * map layer by layer, and cost. What the rows or the model do not allow is left out. Runs in Node and in a page.
 *
 * Throws FlowsError: "shape" and "data" for rows that the model does not take, "disposed", "backend", "aborted", "nonfinite".
 *
 * @example
 * const { html } = await buildReport({ flow: model, table, about: undefined }, data, { seed: 1 });
 */
export async function buildReport(model: Model, data: Data, options: BuildOptions = {}): Promise<BuiltReport> {
  const { seed = 0, signal = new AbortController().signal } = options;
  const subject = await subjectOf(model, data, seed, signal);
  const gap = await aboveFloor(model, data.truth, seed, signal);
  const sections = await sectionsOf(subject, seed, signal);
  const { title, subtitle } = heading(subject);
  const html = report({
    title,
    subtitle,
    facts: factsOf(subject, gap),
    sections: sections.map((section) => ({ ...section, text: section.text ?? "" })),
    footer: `Made by flows report. Seed ${seed}; every number in evaluation mode, in nats and in the data's own units.`,
  });
  return { html, figures: sections.flatMap(({ figures }) => figures) };
}

async function subjectOf(model: Model, data: Data, seed: number, signal: AbortSignal): Promise<Subject> {
  const shown: Rows = thinned(data.rows, mostShown);
  const samples = await drawRows(model, Math.max(200, shown.shape[0]), { seed, signal });
  const logProb = await scoreRows(model, data.rows, { signal });
  const judged = await judgedRows(model, data, signal);
  return { model, data, shown, samples, logProb, judged, floor: floorOf(data.truth) };
}

async function sectionsOf(subject: Subject, seed: number, signal: AbortSignal): Promise<Section[]> {
  const sections = [
    await densitySection(subject),
    await samplesSection(subject, seed, signal),
    await latentSection(subject),
    await calibrationSection(subject, seed, signal),
    modesSection(subject),
    outliersSection(subject),
    trainingSection(subject),
    await mapsSection(subject),
    await costSection(subject),
  ];
  return sections.filter((section) => section !== undefined);
}

function heading({ model, data }: Subject): { readonly title: string; readonly subtitle: string } {
  const { layers } = summary(model.flow);
  const name = model.about?.model ?? "flow";
  const fitted = model.about && model.about.data !== data.name ? `, fitted to ${nameOf(model.about.data)}` : "";
  return { title: `${name} on ${nameOf(data.name)}`, subtitle: `${layers.length} ${layers.length === 1 ? "layer" : "layers"}${fitted}` };
}

/** A file without its folders. */
const nameOf = (data: string): string => (isToySpec(data) ? data : data.replace(/^.*[\\/](?=.)/, ""));
