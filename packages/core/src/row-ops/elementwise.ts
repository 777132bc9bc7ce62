import type { Examples } from "../contracts/index.js";
import { type Directed, directions, isForward } from "./directed.js";
import { known } from "./known.js";
import { rowOpSpec } from "./row-op-spec.js";

/** Codes of the curves from noise to data; the way back has the next one, but leaky ReLU's is itself. */
const curves = { exp: 0, sigmoid: 2, tanh: 4, softplus: 6, leakyRelu: 8 } as const;

export type MapName = keyof typeof curves;

export interface ElementwiseAttrs extends Directed {
  readonly map: MapName;
  /** leakyRelu's below 0. */
  readonly slope: number;
}

const codeOf = ({ map, direction }: ElementwiseAttrs): number =>
  known("flows/elementwise", "map", curves, map) + (direction === "inverse" && map !== "leakyRelu" ? 1 : 0);

/** One named curve on every number. */
export const elementwiseSpec = rowOpSpec<ElementwiseAttrs>({
  op: "elementwise",
  words: (step) => {
    const factor = step.attrs.slope ** (isForward(step) ? 1 : -1);
    return [codeOf(step.attrs), { float: factor }, { float: Math.log(factor) }];
  },
  get codes() {
    return { ...curves, log: 1, logit: 3, arctanh: 5, softplusBack: 7 };
  },
});

export const elementwiseExamples: Examples<ElementwiseAttrs> = (features) => {
  const positive = [0, Number.POSITIVE_INFINITY] as const;
  /** Where the curves lead. */
  const images = { exp: positive, sigmoid: [0, 1], tanh: [-1, 1], softplus: positive, leakyRelu: undefined } as const;
  return (Object.keys(curves) as MapName[]).flatMap((map) =>
    directions.map((direction) => ({
      rows: [features],
      attrs: { map, direction, slope: 0.2 },
      domains: [direction === "inverse" ? images[map] : undefined],
    })),
  );
};
