import type { Examples } from "../contracts/index.js";
import { known } from "./known.js";
import { rowOpSpec } from "./row-op-spec.js";

/** The curves that a planar map bends along, and their codes. */
const curves = { tanh: 0, sigmoid: 1, arctan: 2, softplus: 3 } as const;
export type CurveName = keyof typeof curves;
export const curveNames = Object.keys(curves) as readonly CurveName[];

export interface PlanarAttrs {
  readonly activation: CurveName;
}

/** x = z + u h(w . z + b), u constrained. */
export const planarSpec = rowOpSpec<PlanarAttrs>({
  op: "planar",
  params: ["u", "w", "b"],
  words: ({ attrs }) => {
    const code = known("flows/planar", "activation", curves, attrs.activation);
    // The reciprocal of the curve's greatest slope.
    const least = attrs.activation === "sigmoid" ? 4 : 1;
    return [code, { float: least }, { float: Math.log(Math.expm1(least)) }];
  },
  // Two sums over the rows.
  scratch: () => 8,
  codes: curves,
});

export const planarExamples: Examples<PlanarAttrs> = (n) =>
  curveNames.map((activation) => ({ rows: [n], params: [[n], [n], [1]], attrs: { activation } }));
