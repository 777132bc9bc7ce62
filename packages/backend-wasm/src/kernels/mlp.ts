import { fail, type Kernel } from "@flows/core";
import type { Device } from "../device.js";
import { empty, zeros } from "./empty.js";
import { activations, type Dense, withPass } from "./mlp-pass.js";

/** What the row op `mlp` passes. */
export interface MlpAttrs {
  readonly attrs: Dense;
}

/**
 * A stack of dense layers on the tape, h = activation(h W + b), no activation after the last; one call into wasm a pass.
 *
 * Inputs x [n, in], w0 [in, h0], b0 [h0], w1, b1, ...; outputs value [n, last] and a log-det of zeros [n].
 */
export function mlpKernel(device: Device): Kernel<MlpAttrs> {
  const { wasm } = device;
  return {
    op: "mlp",
    forward: ([x, ...params], { attrs }, { saving }) => {
      checkActivation(attrs.activation);
      const rows = x!.shape[0]!;
      const weights = params.filter((_, i) => i % 2 === 0);
      const biases = params.filter((_, i) => i % 2 === 1);
      const kept = saving ? rows : Math.min(wasm.mlpChunk(), rows);
      const hidden = attrs.widths.slice(0, -1).map((width) => empty(device, [kept, width]));
      const value = empty(device, [rows, attrs.widths.at(-1)!]);
      const pass = { keep: saving, x: x!, weights, biases, values: [...hidden, value] };
      withPass(device, attrs, pass, (at) => wasm.mlpForward(at, 0, rows));
      if (!saving) for (const tensor of hidden) tensor.dispose();
      return { outputs: [value, zeros(device, [rows])], saved: saving ? [x!, ...weights, ...hidden] : [] };
    },
    backward: ([x, ...saved], [dValue], { attrs }) => {
      const weights = saved.slice(0, attrs.widths.length);
      const values = saved.slice(attrs.widths.length);
      const dx = zeros(device, x!.shape);
      const dWeights = weights.map(({ shape }) => zeros(device, shape));
      const dBiases = attrs.widths.map((width) => zeros(device, [width]));
      const pass = { keep: true, x: x!, weights, values, dx, dValue: dValue!, dWeights, dBiases };
      withPass(device, attrs, pass, (at) => wasm.mlpBackward(at, 0, x!.shape[0]!));
      return [dx, ...dWeights.flatMap((dWeight, i) => [dWeight, dBiases[i]!])];
    },
  };
}

function checkActivation(name: string): void {
  if (!(name in activations)) fail("config", "flows/mlp", `activation must be one of ${Object.keys(activations).join(", ")}, got ${name}.`);
}
