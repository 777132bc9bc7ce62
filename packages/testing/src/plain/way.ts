import type { Bijector, Conditioner, Distribution, Module, Shape } from "@flows/core";
import type { Call, Direction } from "@flows/core/author";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Interval } from "./batch.js";

/** One thing that a module computes from rows: a direction, a density, a network. */
export interface Way<M extends Module = Module> {
  readonly name: string;
  /** The event shape of its rows. */
  event(module: M): Shape;
  readonly domain?: Interval | undefined;
  run(module: M, rows: Tensor, call: Call): Readonly<Record<string, Tensor>>;
}

const eventOf = (b: Bijector, direction: Direction, event: Shape): Shape => (direction === "forward" ? event : b.forwardShape(event));

/** A direction of a bijector on `event` (the shape on the noise side). */
export const directionWay = (direction: Direction, event: Shape, domain?: Interval): Way<Bijector> & { readonly name: Direction } => ({
  name: direction,
  domain,
  event: (b) => eventOf(b, direction, event),
  run: (b, rows, call) => {
    const [value, logDet] = b[direction](rows, call);
    return { value, logDet };
  },
});

export const densityWay = (domain?: Interval): Way<Distribution> => ({
  name: "logProb",
  domain,
  event: ({ eventShape }) => eventShape,
  run: (d, rows, call) => ({ logProb: d.logProb(rows, call) }),
});

export const networkWay: Way<Conditioner> = {
  name: "apply",
  event: ({ features }) => [features],
  run: (c, rows, call) => ({ value: c.apply(rows, call) }),
};
