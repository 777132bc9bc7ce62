import type { RowCase } from "../contracts/index.js";
import { type Directed, directions, isForward } from "./directed.js";
import { known } from "./known.js";
import { rowOpSpec } from "./row-op-spec.js";

/** The curves from noise to data and where they lead; their codes are even, and the way back has the next one. */
const curves = {
  exp: { code: 0, back: "LOG", image: [0, Number.POSITIVE_INFINITY] },
  sigmoid: { code: 2, back: "LOGIT", image: [0, 1] },
  tanh: { code: 4, back: "ARCTANH", image: [-1, 1] },
  softplus: { code: 6, back: "SOFTPLUS_BACK", image: [0, Number.POSITIVE_INFINITY] },
  /** Back it is itself with the reciprocal slope. */
  leakyRelu: { code: 8, back: undefined, image: undefined },
} as const;

export type MapName = keyof typeof curves;

export interface ElementwiseAttrs extends Directed {
  readonly map: MapName;
  /** leakyRelu's below 0. */
  readonly slope: number;
}

const names = Object.keys(curves) as readonly MapName[];

function codeOf({ map, direction }: ElementwiseAttrs): number {
  const { code, back } = known("flows/elementwise", "map", curves, map);
  return direction === "inverse" && back ? code + 1 : code;
}

const casesOf = (map: MapName, features: number): readonly RowCase<ElementwiseAttrs>[] =>
  directions.map((direction) => {
    const domain = direction === "inverse" ? curves[map].image : undefined;
    return { rows: [features], attrs: { map, direction, slope: 0.2 }, domains: [domain] };
  });

/** One named curve on every number. */
export const elementwiseSpec = rowOpSpec<ElementwiseAttrs>({
  op: "elementwise",
  words: (step) => {
    const factor = step.attrs.slope ** (isForward(step) ? 1 : -1);
    return [codeOf(step.attrs), { float: factor }, { float: Math.log(factor) }];
  },
  constants: Object.fromEntries(
    names.flatMap((name) => {
      const { code, back } = curves[name];
      return back
        ? [
            [name.toUpperCase(), code],
            [back, code + 1],
          ]
        : [];
    }),
  ),
  at: (features) => names.flatMap((map) => casesOf(map, features)),
});
