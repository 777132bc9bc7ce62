import { known } from "./known.js";
import { rowOpSpec } from "./row-op-spec.js";

/** The curves that a planar map bends along: their codes, and the reciprocals of their greatest slopes. */
const curves = { tanh: [0, 1], sigmoid: [1, 4], arctan: [2, 1], softplus: [3, 1] } as const;
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
    const [code, least] = known("flows/planar", "activation", curves, attrs.activation);
    return [code, { float: least }, { float: Math.log(Math.expm1(least)) }];
  },
  // Two sums over the rows.
  scratch: () => 8,
  constants: Object.fromEntries(curveNames.map((name) => [name.toUpperCase(), curves[name][0]])),
  at: (n) => curveNames.map((activation) => ({ rows: [n], params: [[n], [n], [1]], attrs: { activation } })),
});
