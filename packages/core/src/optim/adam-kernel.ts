import type { Tensor } from "@tensorflow/tfjs-core";
import { floats, tensorOf } from "../backend/tensor-of.js";
import type { Floats, Kernel } from "../contracts/index.js";
import { type AdamAttrs, clipGuard } from "./adam-op.js";

const numbers = (tensor: Tensor): Floats => tensor.dataSync() as Floats;

/** The op `adam` in plain TypeScript: two passes over memory, for backends that hold their numbers in arrays. */
export const adamKernel: Kernel<AdamAttrs> = {
  op: "adam",
  forward: ([loss, value, gradient, m, s, tally, decayed], attrs) => {
    const g = numbers(gradient!);
    const lossNow = numbers(loss!)[0]!;
    const norm = Math.sqrt(rounded(attrs.share ** 2 * squares(g)));
    const ok = Number.isFinite(norm) && Number.isFinite(lossNow);
    const tallied = tensorOf(counted(numbers(tally!), ok, lossNow, attrs.share), [5]);
    const kept = (): Tensor[] => [value!, m!, s!].map((old) => old.clone());
    const moved = (): Tensor[] => update(numbers(value!), g, numbers(m!), numbers(s!), decayed && numbers(decayed), norm, attrs);
    return { outputs: [...(ok ? moved() : kept()), tallied, tensorOf(Float32Array.of(ok ? 1 : 0), [])], saved: [] };
  },
};

/** A number as the backend would hold it. */
const rounded = (value: number): number => floats(1).fill(value)[0]!;

function squares(values: Floats): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]! * values[i]!;
  return total;
}

function update(value: Floats, g: Floats, m: Floats, s: Floats, decayed: Floats | undefined, norm: number, attrs: AdamAttrs): Tensor[] {
  const { learningRate, beta1, beta2, epsilon, correction1, correction2, clip, weightDecay, share } = attrs;
  const shrink = Number.isFinite(clip) ? share * Math.min(1, clip / (norm + clipGuard)) : share;
  const [rate, decay] = [learningRate / correction1, learningRate * weightDecay];
  const [values, first, second] = [floats(g.length), floats(g.length), floats(g.length)];
  for (let i = 0; i < g.length; i++) {
    const gradient = g[i]! * shrink;
    const a = beta1 * m[i]! + (1 - beta1) * gradient;
    const b = beta2 * s[i]! + (1 - beta2) * gradient * gradient;
    first[i] = a;
    second[i] = b;
    const shrunk = decayed ? value[i]! * (1 - decay * decayed[i]!) : value[i]!;
    values[i] = shrunk - (rate * a) / (Math.sqrt(b / correction2) + epsilon);
  }
  return [values, first, second].map((out) => tensorOf(out, [out.length]));
}

function counted([skipped, run, longest, sumLoss, sumShare]: Floats, ok: boolean, loss: number, share: number): Float64Array {
  return ok
    ? Float64Array.of(skipped!, 0, longest!, sumLoss! + share * loss, sumShare! + share)
    : Float64Array.of(skipped! + 1, run! + 1, Math.max(longest!, run! + 1), sumLoss!, sumShare!);
}
