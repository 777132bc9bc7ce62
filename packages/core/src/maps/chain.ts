import { type Tensor, zeros } from "@tensorflow/tfjs-core";
import type { Bijector, Direction, Scope, Shape, Transformed } from "../contracts/index.js";
import { defineBijector } from "../modules/define-bijector.js";
import { add } from "../ops/binary.js";
import { contextOf, flowsChain, lowered, programOf } from "../programs/flows-chain.js";

const orderOf = (bijectors: readonly Bijector[], direction: Direction): readonly Bijector[] =>
  direction === "forward" ? bijectors : [...bijectors].reverse();

/** The event shape after all members; the first that does not take it throws. */
const shapeAfter = (ordered: readonly Bijector[], direction: Direction, event: Shape): Shape =>
  ordered.reduce((shape, b) => (direction === "forward" ? b.forwardShape(shape) : b.inverseShape(shape)), event);

/** Layer by layer: the sum of the log-dets. */
function layers(ordered: readonly Bijector[], direction: Direction, rows: Tensor, call: Scope): Transformed {
  let [value, total]: Transformed = [rows, zeros([rows.shape[0]!])];
  for (const bijector of ordered) {
    const [next, logDet] = bijector[direction](value, call);
    [value, total] = [next, add(total, logDet)];
  }
  return [value, total];
}

/**
 * Bijectors one after the other, in the order of `forward`; log-dets add up.
 * Where every member lowers, the whole chain runs as one program; else layer by layer.
 *
 * @example
 * chain([affine({ features: 2 }), permutation({ order: [1, 0] })])
 */
export const chain = defineBijector("flows/chain", (bijectors: readonly Bijector[]) => {
  const way = (direction: Direction) => {
    const programFor = programOf(contextOf(bijectors), lowered(bijectors, direction));
    const ordered = orderOf(bijectors, direction);
    const fits = new Set<string>();
    return (rows: Tensor, _p: unknown, call: Scope): Transformed => {
      const event = rows.shape.slice(1);
      if (!fits.has(event.join())) shapeAfter(ordered, direction, event);
      fits.add(event.join());
      const program = programFor(rows, call);
      const byLayers = (): Transformed => layers(ordered, direction, rows, call);
      return program ? flowsChain(program, rows, call, byLayers) : byLayers();
    };
  };
  return {
    children: { bijectors },
    handsOnContext: true,
    analytic: common(bijectors),
    forward: way("forward"),
    inverse: way("inverse"),
    forwardShape: (event) => shapeAfter(bijectors, "forward", event),
    inverseShape: (event) => shapeAfter(orderOf(bijectors, "inverse"), "inverse", event),
    lower: (program, x, _p, direction) => orderOf(bijectors, direction).reduce((value, b) => b.lower(program, value, direction), x),
    start: (x, _p, call) => bijectors.reduceRight((value, b) => b.start(value, call), x),
  };
});

/** The directions in which every member is a formula. With members of both kinds, the way that samples counts. */
function common(bijectors: readonly Bijector[]): "both" | Direction {
  const kinds = new Set(bijectors.map((b) => b.analytic).filter((kind) => kind !== "both"));
  return kinds.size === 0 ? "both" : kinds.has("forward") ? "forward" : "inverse";
}
