import type { Bijector, Direction, Distribution, Shape } from "../contracts/index.js";
import { turned } from "../modules/layers.js";
import { leaves, parameterCount } from "../modules/leaves.js";
import { densityLink, linksOf } from "../programs/links.js";
import { checkFlow } from "./check.js";
import { baseOf, layersOf } from "./layers.js";
import { type ProgramSummary, pathsOf, programSummary } from "./programs.js";

/** One map of a flow. */
export interface LayerSummary {
  /** "bijector.bijectors.0" */
  readonly path: string;
  readonly type: string;
  readonly parameters: number;
  /** The directions of the flow that are closed formulas in it; the other one is numerical. */
  readonly analytic: "both" | Direction;
  /** Whether the flow runs it the other way round: its `inverse` makes data. */
  readonly inverted: boolean;
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
    analytic: direction === "inverse" && layer.analytic !== "both" ? turned[layer.analytic] : layer.analytic,
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
  const paths = pathsOf(flow);
  return {
    forward: programSummary(linksOf(bijector, "forward"), base.eventShape, paths),
    inverse: programSummary([...linksOf(bijector, "inverse"), densityLink(base)], flow.eventShape, paths),
  };
}
