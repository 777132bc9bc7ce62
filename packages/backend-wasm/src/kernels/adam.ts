import { type AdamAttrs, fail, type Kernel } from "@flows/core";
import { scalar, type Tensor, tensor1d } from "@tensorflow/tfjs-core";
import type { Device } from "../device.js";
import { empty } from "./empty.js";

/** Part of the op: keeps the divisor of the clip away from 0. */
const CLIP_GUARD = 1e-12;
const WORDS = 17;
const FIRST_SETTING = 8;

/** One step of Adam on one packed vector, as the op `adam` of core says it: one pass for the norm, one for the update. */
export function adamKernel(device: Device): Kernel<AdamAttrs> {
  const { backend, wasm } = device;
  return {
    op: "adam",
    forward: ([loss, value, gradient, m, s, tally, decayed], attrs) => {
      const lossNow = loss!.dataSync()[0]!;
      const norm = Math.sqrt(Math.fround(attrs.share ** 2 * wasm.sumSquares(backend.pointer(gradient!), gradient!.size)));
      const ok = Number.isFinite(norm) && Number.isFinite(lossNow);
      const old = [value!, m!, s!];
      const outputs = ok ? update(device, gradient!, old, decayed, norm, attrs) : old.map((tensor) => tensor.clone());
      const tallied = tensor1d(counted([...tally!.dataSync()], ok, lossNow, attrs.share));
      return { outputs: [...outputs, tallied, scalar(ok ? 1 : 0)], saved: [] };
    },
    backward: () => fail("gradient", "flows/adam", "a step of an optimizer has no gradient."),
  };
}

/** Lays out the struct `Update` of assembly/adam.ts and runs it. */
function update(device: Device, gradient: Tensor, old: Tensor[], decayed: Tensor | undefined, norm: number, attrs: AdamAttrs): Tensor[] {
  const { arena, backend, wasm } = device;
  const { learningRate, beta1, beta2, epsilon, correction1, correction2, clip, weightDecay, share } = attrs;
  const made = old.map(({ shape }) => empty(device, shape));
  const [value, m, s] = old as [Tensor, Tensor, Tensor];
  const pointers = [value, gradient, m, s, decayed, ...made].map((tensor) => (tensor ? backend.pointer(tensor) : 0));
  const shrink = Number.isFinite(clip) ? share * Math.min(1, clip / (norm + CLIP_GUARD)) : share;
  const rates = [shrink, learningRate / correction1, 1 / correction2, learningRate * weightDecay];
  const at = arena.allocate(4 * WORDS);
  new Int32Array(arena.memory.buffer, at, WORDS).set(pointers);
  new Float32Array(arena.memory.buffer, at, WORDS).set([...rates, beta1, 1 - beta1, beta2, 1 - beta2, epsilon], FIRST_SETTING);
  wasm.adam(at, 0, value.size);
  arena.release(at, 4 * WORDS);
  return made;
}

/** (skipped, skipped in a row, longest such row, sum of share * loss, sum of share). */
function counted(
  [skipped = 0, run = 0, longest = 0, sumLoss = 0, sumShare = 0]: number[],
  ok: boolean,
  loss: number,
  share: number,
): number[] {
  return ok
    ? [skipped, 0, longest, sumLoss + share * loss, sumShare + share]
    : [skipped + 1, run + 1, Math.max(longest, run + 1), sumLoss, sumShare];
}
