import { defineRowOp, mlpSpec } from "@flows/core/author";
import { add, matMul, zeros } from "@flows/core/ops";
import { activate } from "./activations.js";

/**
 * A stack of dense layers: h_{l+1} = activation(h_l) w_l + b_l, without an activation before the first layer.
 * Rows [batch, in]; parameters w0 [in, widths[0]], b0, w1, b1, ... A kernel writes every layer, hidden ones after their activation.
 */
export const dense = defineRowOp(mlpSpec, ([x], params, { activation, slope }) => {
  let h = x!;
  for (let i = 0; i < params.length; i += 2) {
    const input = i > 0 ? activate(activation, h, slope) : h;
    h = add(matMul(input, params[i]!), params[i + 1]!);
  }
  return [h, zeros([x!.shape[0]!])];
});
