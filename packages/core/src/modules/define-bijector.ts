import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import { sameShape } from "../checks.js";
import type * as t from "../contracts/index.js";
import type { Constants, Specs } from "../contracts/index.js";
import { add, zeros } from "../ops/index.js";
import { applyUpdates, checkedContext, commonContext } from "./call.js";
import { type Factory, type Formula, type Kind, type Lower, named } from "./factory.js";
import { assemble, type ModuleParts } from "./module.js";
import { transformed } from "./transformed.js";

export interface BijectorParts<P extends Specs, S extends Specs, K extends Constants> extends ModuleParts<P, S, K> {
  /** The one event shape this map takes; without it any. */
  readonly event?: t.Shape;
  /** Own value; without it the children's common one. */
  readonly contextFeatures?: number;
  readonly analytic?: "both" | t.Direction;
  readonly forwardShape?: (event: t.Shape) => t.Shape;
  readonly inverseShape?: (event: t.Shape) => t.Shape;
  /** Noise to data. The log-det may be a scalar where it is the same for all rows. */
  readonly forward: Formula<P, S, K, [z: Tensor], t.Transformed>;
  /** Data to noise. */
  readonly inverse: Formula<P, S, K, [x: Tensor], t.Transformed>;
  readonly lower?: Lower<P, S, K, [direction: t.Direction, self: t.Module]>;
  readonly initialise?: Formula<P, S, K, [x: Tensor], Tensor>;
}

/**
 * Makes a bijector factory from numbers and two formulas; shape checks, memory, files and disposal come with it.
 * List the config's options beside the type, so that a misspelt one is refused. Annotate the config parameter, or the formulas' names are not inferred.
 *
 * @example
 * const affine = defineBijector({ type: "acme/affine", options: ["features"] }, ({ features }: { readonly features: number }) => ({
 *   event: [features],
 *   params: { shift: bias([features]), logScale: scale([features]) },
 *   forward: (z, p) => [add(mul(z, exp(p.logScale)), p.shift), sum(p.logScale)],
 *   inverse: (x, p) => [mul(sub(x, p.shift), exp(neg(p.logScale))), neg(sum(p.logScale))],
 * }));
 */
export function defineBijector<C, P extends Specs = {}, S extends Specs = {}, K extends Constants = {}>(
  kind: Kind,
  build: (config: C) => BijectorParts<P, S, K>,
): Factory<C, t.Bijector<C>> {
  return named(kind, (config, type) => {
    const parts = build(config);
    const { base, run } = assemble(type, config, parts);
    const contextFeatures = parts.contextFeatures ?? commonContext(type, base.children);
    const callOf = (rows: Tensor, call: t.Call | undefined): t.Call =>
      checkedContext(type, contextFeatures, rows.shape[0]!, parts.handsOnContext ?? false, call);
    const same = (event: t.Shape): t.Shape => sameShape(type, parts.event ?? event, event);
    const way =
      (direction: t.Direction) =>
      (rows: Tensor, call?: t.Call): t.Transformed => {
        same(rows.shape.slice(1));
        return run(callOf(rows, call), (p, scope) => perRow(rows, transformed(type, direction, parts[direction](rows, p, scope))));
      };
    const self: t.Bijector<C> = {
      ...base,
      contextFeatures,
      analytic: parts.analytic ?? "both",
      forward: way("forward"),
      inverse: way("inverse"),
      forwardShape: parts.forwardShape ?? same,
      inverseShape: parts.inverseShape ?? same,
      lower: (program, x, direction) =>
        program.member(
          self,
          direction,
          x,
          () => parts.lower?.(program, x, program.places(self) as never, direction, self) ?? program.refuse(type),
        ),
      initialise: (x, call) => {
        if (!parts.initialise) return tidy(() => self.inverse(x, call)[0]);
        const updates: t.Updates = new Map();
        const noise = run(callOf(x, { ...call, updates }), (p, scope) => parts.initialise!(x, p, scope));
        applyUpdates(updates);
        return noise === x ? x.clone() : noise;
      },
    };
    return self;
  });
}

/** Authors may return one log-det for all rows, and the rows themselves as the value. */
const perRow = (rows: Tensor, [value, logDet]: t.Transformed): t.Transformed => [
  value === rows ? value.clone() : value,
  logDet.rank === 0 ? add(zeros([rows.shape[0]!]), logDet) : logDet,
];
