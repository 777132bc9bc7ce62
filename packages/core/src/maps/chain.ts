import type { Tensor } from "@tensorflow/tfjs-core";
import type { Bijector, Direction, Scope, Shape, Transformed } from "../contracts/index.js";
import { defineBijector } from "../modules/define-bijector.js";
import { linksOf } from "../programs/links.js";
import { way } from "../programs/way.js";

const orderOf = (bijectors: readonly Bijector[], direction: Direction): readonly Bijector[] =>
  direction === "forward" ? bijectors : [...bijectors].reverse();

/** The event shape after all members; the first that does not take it throws. */
const shapeAfter = (bijectors: readonly Bijector[], direction: Direction, event: Shape): Shape =>
  orderOf(bijectors, direction).reduce((shape, b) => (direction === "forward" ? b.forwardShape(shape) : b.inverseShape(shape)), event);

/**
 * Bijectors one after the other, in the order of `forward`; log-dets add up.
 * Members that lower run together as programs; one that does not runs by itself between two of them.
 *
 * @example
 * chain([affine({ features: 2 }), permutation({ order: [1, 0] })])
 */
export const chain = defineBijector("flows/chain", (bijectors: readonly Bijector[]) => {
  const along = (direction: Direction) => {
    const run = way(orderOf(bijectors, direction).flatMap((b) => linksOf(b, direction)));
    const fits = new Set<string>();
    return (rows: Tensor, _p: unknown, call: Scope): Transformed => {
      const event = rows.shape.slice(1);
      if (!fits.has(event.join())) shapeAfter(bijectors, direction, event);
      fits.add(event.join());
      return run(rows, call);
    };
  };
  return {
    children: { bijectors },
    handsOnContext: true,
    analytic: common(bijectors),
    forward: along("forward"),
    inverse: along("inverse"),
    forwardShape: (event) => shapeAfter(bijectors, "forward", event),
    inverseShape: (event) => shapeAfter(bijectors, "inverse", event),
    lower: (program, x, _p, direction) => orderOf(bijectors, direction).reduce((value, b) => b.lower(program, value, direction), x),
    initialise: (x, _p, call) => bijectors.reduceRight((value, b) => b.initialise(value, call), x),
  };
});

/** The directions in which every member is a formula. With members of both kinds, the way that samples counts. */
function common(bijectors: readonly Bijector[]): "both" | Direction {
  const kinds = new Set(bijectors.map((b) => b.analytic).filter((kind) => kind !== "both"));
  return kinds.size === 0 ? "both" : kinds.has("forward") ? "forward" : "inverse";
}
