import { affineTransformSpec, defineRowOp, defineTransformer, finiteNumber } from "@flows/core/author";
import { add, columns, constant, div, exp, mul, neg, sub, sum, type Tensor, tanh } from "@flows/core/ops";

const clamped = (raw: Tensor, clamp: number): Tensor => (clamp > 0 ? mul(constant(clamp), tanh(div(raw, constant(clamp)))) : raw);

/** x = z exp(s) + shift with s = clamp tanh(rawScale / clamp); reads z [batch, n] and raw [batch, 2 n] = [shift | rawScale]. */
export const affineTransform = defineRowOp(affineTransformSpec, ([x, raw], _params, { direction, clamp }) => {
  const n = x!.shape[1]!;
  const shift = columns(raw!, 0, n);
  const logScale = clamped(columns(raw!, n, n), clamp);
  return direction === "forward"
    ? [add(mul(x!, exp(logScale)), shift), sum(logScale, 1)]
    : [mul(sub(x!, shift), exp(neg(logScale))), neg(sum(logScale, 1))];
});

/**
 * Affine map with a bounded scale: x = z exp(s) + t, s = clamp tanh(rawScale / clamp).
 *
 * Shapes: z [batch, n]; raw [batch, 2 n], first the shifts t, then the raw scales; log-det = sum s.
 * Source: Dinh, Sohl-Dickstein and Bengio (2017), Density Estimation Using Real NVP, eq. 4. https://arxiv.org/abs/1605.08803
 */
export const affineTransformer = defineTransformer(
  { type: "flows/affine-transformer", options: ["clamp"] },
  /** `clamp` bounds |s|, default 1; 0 leaves s free. */
  ({ clamp = 1 }: { readonly clamp?: number }) => {
    finiteNumber("flows/affine-transformer", "clamp", clamp, { least: 0 });
    return {
      paramCount: 2,
      forward: (z, raw) => affineTransform([z, raw], [], { direction: "forward", clamp }),
      inverse: (x, raw) => affineTransform([x, raw], [], { direction: "inverse", clamp }),
      lower: (program, x, raw, direction) => affineTransform.emit(program, [x, raw], [], { direction, clamp })[0],
    };
  },
);
