import { type Frame, type MlpAttrs, mlpSpec, type RowKernel, type Step } from "@flows/core/author";
import { activations } from "./activations.js";
import { denseBackward, denseForward, type Row } from "./dense.js";

/**
 * A dense network; reads x; params w0, b0, w1, b1, ...; writes every layer, hidden ones after their activation, the last is the result.
 */
export const mlpKernel: RowKernel<MlpAttrs> = {
  spec: mlpSpec,
  forward: (frame, step, from, to) => {
    const [activation, slope, last] = [activations[step.attrs.activation], step.attrs.slope, step.writes.length - 1];
    for (let r = from; r < to; r++)
      for (let l = 0; l <= last; l++) {
        const out = layer(frame, step, l, r);
        denseForward(layer(frame, step, l - 1, r), out, frame.params[2 * l]!, frame.params[2 * l + 1]!);
        if (l < last) for (let j = out.at; j < out.at + out.width; j++) out.data[j] = activation.value(out.data[j]!, slope);
      }
  },
  backward: (frame, adjoint, step, from, to) => {
    const [activation, slope, last] = [activations[step.attrs.activation], step.attrs.slope, step.writes.length - 1];
    const bend = (y: number): number => activation.slope(y, slope);
    for (let r = from; r < to; r++)
      for (let l = last; l >= 0; l--) {
        const [x, dx, dy] = [layer(frame, step, l - 1, r), layer(adjoint, step, l - 1, r), layer(adjoint, step, l, r)];
        const [dW, db] = [adjoint.params[2 * l]!, adjoint.params[2 * l + 1]!];
        for (let j = 0; j < dy.width; j++) db[j]! += dy.data[dy.at + j]!;
        denseBackward(x, dx.data, dy, frame.params[2 * l]!, dW, l > 0 ? bend : undefined);
      }
  },
};

/** Row r of a layer's result; layer -1 is x. */
function layer({ reads, writes }: Frame, step: Step<MlpAttrs>, l: number, r: number): Row {
  const { width } = l < 0 ? step.reads[0]! : step.writes[l]!;
  return { data: l < 0 ? reads[0]! : writes[l]!, at: r * width, width };
}
