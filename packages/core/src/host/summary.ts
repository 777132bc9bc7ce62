import type { Bijector, Direction, Distribution, Module, Shape } from "../contracts/index.js";
import { walk } from "../modules/inside.js";
import { turned } from "../modules/layers.js";
import { leaves, parameterCount } from "../modules/leaves.js";
import { floatsPerRow } from "../programs/inspect.js";
import { densityLink, type Link, linksOf } from "../programs/links.js";
import { type Stretch, stretchesOf } from "../programs/stretches.js";
import { checkFlow } from "./check.js";
import { baseOf, layersOf } from "./layers.js";

/** One map of a flow. */
export interface LayerSummary {
  /** "bijector.bijectors.0" */
  readonly path: string;
  readonly type: string;
  readonly parameters: number;
  /** The directions of the flow that are closed formulas in this layer; the other one is numerical. */
  readonly analytic: "both" | Direction;
  /** Whether the flow runs it the other way round: its `inverse` makes data. */
  readonly inverted: boolean;
}

/** Modules that run together as one program on the backend that is active, or one that runs by itself, and why. Paths as in `layers`. */
export type StretchSummary =
  | { readonly modules: readonly string[]; readonly steps: number; readonly floatsPerRow: number }
  | { readonly module: string; readonly type: string; readonly why: string };

/** How rows run one way on the backend that is active. */
export interface ProgramSummary {
  /** True where one program does it all. */
  readonly lowers: boolean;
  /** In the order in which rows meet them. */
  readonly stretches: readonly StretchSummary[];
}

export interface Summary {
  readonly type: string;
  readonly eventShape: Shape;
  readonly contextFeatures: number;
  /** Trained numbers. */
  readonly parameters: number;
  /** Numbers that are saved but not trained. */
  readonly state: number;
  readonly base: { readonly type: string; readonly parameters: number } | undefined;
  /** In the order of `forward`. */
  readonly layers: readonly LayerSummary[];
  /** Samples without their density (forward), and log-densities (inverse). */
  readonly programs: Readonly<Record<Direction, ProgramSummary>> | undefined;
}

/**
 * What a flow is made of, as plain data: layers, counts, and whether it runs as one program.
 *
 * @example
 * console.table(summary(model).layers);
 */
export function summary(flow: Distribution): Summary {
  checkFlow("summary", flow);
  const { type, eventShape, contextFeatures } = flow;
  const base = baseOf(flow);
  const bijector = flow.children.bijector as Bijector | undefined;
  const layers = layersOf(flow, "forward").map(({ path, layer, direction }) => ({
    path,
    type: layer.type,
    parameters: parameterCount(layer),
    analytic: layer.analytic === "both" || direction === "forward" ? layer.analytic : turned[layer.analytic],
    inverted: direction === "inverse",
  }));
  const stateCount = leaves(flow).reduce((count, { kind, size }) => count + (kind === "state" ? size : 0), 0);
  return {
    type,
    eventShape,
    contextFeatures,
    parameters: parameterCount(flow),
    state: stateCount,
    base: base && { type: base.type, parameters: parameterCount(base) },
    layers,
    programs: bijector && base && programsOf(flow, bijector, base),
  };
}

function programsOf(flow: Distribution, bijector: Bijector, base: Distribution): Record<Direction, ProgramSummary> {
  const paths = new Map([...walk(flow)].map(([path, module]) => [module, path]));
  return {
    forward: programSummary(linksOf(bijector, "forward"), base.eventShape, paths),
    inverse: programSummary([...linksOf(bijector, "inverse"), densityLink(base)], flow.eventShape, paths),
  };
}

function programSummary(links: readonly Link[], event: Shape, paths: ReadonlyMap<Module, string>): ProgramSummary {
  const stretches = stretchesOf(links)(event, {});
  return { lowers: stretches.length === 1 && "program" in stretches[0]!, stretches: stretches.map((one) => stretchSummary(one, paths)) };
}

function stretchSummary(stretch: Stretch, paths: ReadonlyMap<Module, string>): StretchSummary {
  const pathOf = ({ module }: Link): string => paths.get(module) ?? "";
  if ("link" in stretch) return { module: pathOf(stretch.link), type: stretch.link.module.type, why: stretch.why };
  const { links, program } = stretch;
  return { modules: links.map(pathOf), steps: program.steps.length, floatsPerRow: floatsPerRow(program) };
}
