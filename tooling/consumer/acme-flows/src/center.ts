import { type Directed, defineBijector, defineRowOp, detached, type Examples, rowOpSpec, state, tensorOf } from "@flows/core/author";
import { add, constant, div, mean, mul, sub } from "@flows/core/ops";

export interface MeanAttrs {
  /** What a batch weighs in the running mean. */
  readonly weight: number;
}

/** A barrier: the mean of each column of the batch, after the running one that follows from it. */
export const meanSpec = rowOpSpec<MeanAttrs>({
  op: "acme.mean",
  params: ["mean"],
  state: ["mean"],
  widths: ([n = 0]) => [n, n],
  barrier: true,
  words: ({ attrs }) => [{ float: attrs.weight }],
});

export const meanExamples: Examples<MeanAttrs> = (n) => [{ rows: [n], params: [[n]], attrs: { weight: 0.2 } }];

export const batchMean = defineRowOp(meanSpec, ([x], [old], { weight }) => {
  const center = mean(x!, 0);
  return [detached(() => add(old!, mul(constant(weight), sub(center, old!)))), center, constant(0)];
});

export interface UnitsAttrs extends Directed {
  /** The log-det: that of the units is known beforehand. */
  readonly logDet: number;
}

/** z = (x - center) / unit and back; the center is read, one row for all, or else the running mean. */
export const unitsSpec = rowOpSpec<UnitsAttrs>({
  op: "acme.units",
  params: ["mean", "units"],
  state: ["mean", "units"],
  words: ({ attrs }) => [attrs.direction === "forward" ? 1 : 0, { float: attrs.logDet }],
});

const positive = [0, Number.POSITIVE_INFINITY] as const;

export const unitsExamples: Examples<UnitsAttrs> = (n) => {
  const of = (direction: Directed["direction"]) => ({ params: [[n], [n]], attrs: { direction, logDet: 0.5 } });
  const running = { rows: [n], domains: [undefined, undefined, positive] };
  const batch = { rows: [n, n], shared: 1, domains: [undefined, undefined, undefined, positive] };
  return [
    { ...of("forward"), ...running },
    { ...of("inverse"), ...running },
    { ...of("inverse"), ...batch },
  ];
};

export const inUnits = defineRowOp(unitsSpec, ([x, center], [running, units], { direction, logDet }) => {
  const middle = center ?? running!;
  return [direction === "forward" ? add(mul(x!, units!), middle) : div(sub(x!, middle), units!), constant(logDet)];
});

const weight = 0.1;

/**
 * Measures from the mean, in fixed units: z = (x - mean) / unit. While training, the mean is the batch's; the running one follows it.
 * The units are a constant: neither trained nor saved, but a part of the program.
 */
export const center = defineBijector({ type: "acme/center", options: ["units"] }, ({ units }: { readonly units: readonly number[] }) => {
  const logDet = units.reduce((sum, unit) => sum + Math.log(unit), 0);
  const way = { forward: { direction: "forward", logDet }, inverse: { direction: "inverse", logDet: -logDet } } as const;
  return {
    event: [units.length],
    state: { mean: state([units.length]) },
    constants: { units: () => tensorOf(Float64Array.from(units), [units.length]) },
    forward: (z, p) => inUnits([z], [p.mean, p.units], way.forward),
    inverse: (x, p, call) => {
      if (!call.training) return inUnits([x], [p.mean, p.units], way.inverse);
      const [newMean, middle] = batchMean([x], [p.mean], { weight });
      call.update("mean", newMean);
      return inUnits.reference([x, middle], [p.mean, p.units], way.inverse);
    },
    lower: (program, x, p, direction, self) => {
      if (direction === "forward" || !program.training) return inUnits.emit(program, [x], [p.mean, p.units], way[direction])[0];
      const [newMean, middle] = batchMean.emit(program, [x], [p.mean], { weight });
      program.update(self, "mean", newMean);
      return inUnits.emit(program, [x, middle], [p.mean, p.units], way.inverse)[0];
    },
  };
});
