import type { Tensor } from "@tensorflow/tfjs-core";
import { defineOp } from "../kernels/op.js";
import {
  add,
  constant,
  div,
  isFinite as finite,
  maximum,
  minimum,
  mul,
  sqrt,
  square,
  stack,
  sub,
  sum,
  unstack,
  where,
} from "../ops/index.js";

/** The settings of one update, decided on the host. */
export interface AdamAttrs {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** 1 - beta1^t and 1 - beta2^t at step t, counted from 1. */
  readonly correction1: number;
  readonly correction2: number;
  /** The gradient's greatest norm; Infinity where it is not clipped. */
  readonly clip: number;
  readonly weightDecay: number;
  /** The batch's weight against a full one: multiplies the gradient, and weighs the loss in the tally. */
  readonly share: number;
  /** True where a kernel may write over value, m and s, provided that nobody else holds them: its outputs are then these very tensors. Default false. */
  readonly inPlace?: boolean;
}

/** Keeps the divisor of the clip away from 0; part of what a kernel must compute. */
export const clipGuard = 1e-12;

/**
 * One step of Adam on one packed vector, which changes nothing where the loss or the gradient is not finite.
 *
 * g = share * gradient; norm = |g|; ok = loss and norm finite; g' = g * min(1, clip / (norm + 1e-12))
 * m' = beta1 m + (1 - beta1) g'; s' = beta2 s + (1 - beta2) g'^2
 * value' = value (1 - learningRate * weightDecay * decayed) - learningRate (m' / correction1) / (sqrt(s' / correction2) + epsilon)
 *
 * Inputs: loss [], value [n], gradient [n], m [n], s [n], tally [5], and decayed [n] (1 or 0) where weightDecay is above 0.
 * Outputs, all new tensors: value [n], m [n], s [n], tally [5], ok [] (1 where the step counts, else 0, and then the others are the inputs).
 * tally = (skipped, skipped in a row, longest such row, sum of share * loss, sum of share); the sums count the steps that count.
 *
 * Source: Kingma and Ba (2015), Adam, algorithm 1, https://arxiv.org/abs/1412.6980; decay as Loshchilov and Hutter (2019), algorithm 2, https://arxiv.org/abs/1711.05101
 */
export const adamOp = defineOp<AdamAttrs>({
  name: "adam",
  reference: ([loss, value, gradient, m, s, tally, decayed], attrs) => {
    const { learningRate, beta1, beta2, epsilon, correction1, correction2, weightDecay, share } = attrs;
    const scaled = mul(gradient!, constant(share));
    const norm = sqrt(sum(square(scaled)));
    const ok = finite(add(norm, loss!));
    const g = clipped(scaled, norm, attrs.clip);
    const first = add(mul(m!, constant(beta1)), mul(g, constant(1 - beta1)));
    const second = add(mul(s!, constant(beta2)), mul(square(g), constant(1 - beta2)));
    const move = div(mul(first, constant(learningRate / correction1)), add(sqrt(div(second, constant(correction2))), constant(epsilon)));
    const kept = decayed ? sub(value!, mul(mul(value!, decayed), constant(learningRate * weightDecay))) : value!;
    return [
      where(ok, sub(kept, move), value!),
      where(ok, first, m!),
      where(ok, second, s!),
      counted(tally!, ok, loss!, share),
      where(ok, constant(1), constant(0)),
    ];
  },
});

const clipped = (g: Tensor, norm: Tensor, clip: number): Tensor =>
  Number.isFinite(clip) ? mul(g, minimum(constant(1), div(constant(clip), add(norm, constant(clipGuard))))) : g;

function counted(tally: Tensor, ok: Tensor, loss: Tensor, share: number): Tensor {
  const [skipped, run, longest, sumLoss, sumShare] = unstack(tally, 0) as [Tensor, Tensor, Tensor, Tensor, Tensor];
  const one = constant(1);
  const runNow = add(run, one);
  const good = [skipped, constant(0), longest, add(sumLoss, mul(loss, constant(share))), add(sumShare, constant(share))];
  const bad = [add(skipped, one), runNow, maximum(longest, runNow), sumLoss, sumShare];
  return where(ok, stack(good, 0), stack(bad, 0));
}
