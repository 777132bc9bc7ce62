import type { Bijector } from "@flows/core";
import {
  type Direction,
  defineBijector,
  defineRowOp,
  type ElementwiseAttrs,
  elementwiseSpec,
  type MapName,
  type RowOp,
  sizeOf,
} from "@flows/core/author";
import { constant, reshape, sum, type Tensor, where } from "@flows/core/ops";

/** A scalar map: its value and log|slope|, number by number. */
export type Way = (x: Tensor, slope: number) => [value: Tensor, logSlope: Tensor];
export type Ways = Readonly<Record<Direction, Way>>;

/** What makes one map: a curve that a kernel knows by name. */
export interface Curve {
  readonly rows: RowOp<ElementwiseAttrs, [Tensor]>;
  readonly map: MapName;
}

/** The formulas of a named map as a row op: rows [batch, width], no parameters. */
export const curve = (map: MapName, ways: Ways): Curve => ({
  map,
  rows: defineRowOp(elementwiseSpec, ([x], _params, { direction, slope }) => {
    const [value, logSlope] = ways[direction](x!, slope);
    return [value, sum(logSlope, -1)];
  }),
});

/**
 * A formula `way` kept to where it holds: where x is outside, the value is that of `inner` and log|slope| is -Infinity, so that a score there is
 * -Infinity; gradients there are 0. NaN is not outside.
 */
export function within(x: Tensor, outside: Tensor, inner: number, way: (x: Tensor) => [Tensor, Tensor]): [Tensor, Tensor] {
  const [value, logSlope] = way(where(outside, constant(inner), x));
  return [value, where(outside, constant(Number.NEGATIVE_INFINITY), logSlope)];
}

const flat = (x: Tensor): Tensor => (x.rank === 2 ? x : reshape(x, [x.shape[0]!, sizeOf(x.shape.slice(1))]));
const shapedLike = (rows: Tensor, x: Tensor): Tensor => (x.rank === 2 ? rows : reshape(rows, x.shape));

type NoConfig = Readonly<Record<never, never>>;
type Elementwise<C> = ((config?: C) => Bijector<C>) & { readonly type: string };

interface Settings<C> {
  /** The curve the other way round. */
  readonly swapped?: boolean;
  /** The names of all options of the config. */
  readonly options?: readonly string[];
  /** Reads and checks the config. */
  readonly slopeOf?: (config: C) => number;
}

/** Makes the factory of an elementwise bijector for events of any shape; the log-det is the sum over the event. */
export function defineElementwise<C extends object = NoConfig>(
  type: string,
  { map, rows }: Curve,
  { swapped = false, options = [], slopeOf = () => 1 }: Settings<C> = {},
): Elementwise<C> {
  const directions: Readonly<Record<Direction, Direction>> = swapped
    ? { forward: "inverse", inverse: "forward" }
    : { forward: "forward", inverse: "inverse" };
  const made = defineBijector({ type, options }, (config: C) => {
    const slope = slopeOf(config);
    const attrs = (direction: Direction) => ({ map, direction: directions[direction], slope });
    const way =
      (direction: Direction) =>
      (x: Tensor): [Tensor, Tensor] => {
        const [value, logDet] = rows([flat(x)], [], attrs(direction));
        return [shapedLike(value, x), logDet];
      };
    return {
      forward: way("forward"),
      inverse: way("inverse"),
      lower: (program, x, _p, direction) => rows.emit(program, [x], [], attrs(direction))[0],
    };
  });
  return Object.assign((config: C = {} as C) => made(config), { type });
}
