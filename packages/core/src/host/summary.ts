import type { Bijector, Direction, Distribution, Shape } from "../contracts/index.js";
import { leaves, parameterCount } from "../modules/leaves.js";
import { floatsPerRow, programFor } from "../programs/inspect.js";
import { checkFlow } from "./check.js";
import { baseOf, layersOf } from "./layers.js";

/** One map of a flow. */
export interface LayerSummary {
  /** "bijector.bijectors.0" */
  readonly path: string;
  readonly type: string;
  readonly parameters: number;
  /** The directions that are closed formulas; the other one is numerical. */
  readonly analytic: "both" | Direction;
}

/** Whether the maps run as one program, or else the type of the first that has no lowering. */
export type ProgramSummary =
  | { readonly lowers: true; readonly steps: number; readonly floatsPerRow: number }
  | { readonly lowers: false; readonly refusedBy: string };

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
  const layers = layersOf(flow).map(({ path, layer }) => ({
    path,
    type: layer.type,
    parameters: parameterCount(layer),
    analytic: layer.analytic,
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
    programs: bijector && base && programsOf(bijector, base.eventShape, eventShape),
  };
}

const programsOf = (bijector: Bijector, noise: Shape, data: Shape): Record<Direction, ProgramSummary> => ({
  forward: programSummary(bijector, noise, "forward"),
  inverse: programSummary(bijector, data, "inverse"),
});

function programSummary(bijector: Bijector, event: Shape, direction: Direction): ProgramSummary {
  if (event.length !== 1) return { lowers: false, refusedBy: `events [${event}]: programs take rows of one axis` };
  const found = programFor(bijector, event[0]!, direction);
  return typeof found === "string"
    ? { lowers: false, refusedBy: found }
    : { lowers: true, steps: found.steps.length, floatsPerRow: floatsPerRow(found) };
}
