import { type AdamAttrs, fail, type Kernel, tensorOf } from "@flows/core/author";
import { allRows, commandBuffer, type Engine, STRUCT_STRIDE, structOf, WHOLE } from "@flows/programs";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Device } from "../device/device.js";

/** Part of the op: keeps the divisor of the clip away from 0. */
const CLIP_GUARD = 1e-12;
/** One step of Adam on one packed vector, by all threads, as the op `adam` of core says it: a pass for the norm, one for the update. */
export function adamKernel(device: Device, engine: Engine): Kernel<AdamAttrs> {
  const commands = (call: number) => commandBuffer([{ rows: allRows, chunk: WHOLE, calls: [{ call, at: 0 }] }]);
  const [squares, update] = [commands(engine.functions.squares), commands(engine.functions.adam)];
  return {
    op: "adam",
    forward: ([loss, value, gradient, m, s, tally, decayed], attrs) => {
      const lossNow = loss!.dataSync()[0]!;
      const norm = Math.sqrt(Math.fround(attrs.share ** 2 * sumOfSquares(device, engine, squares, gradient!)));
      const ok = Number.isFinite(norm) && Number.isFinite(lossNow);
      const given = attrs.inPlace === true && [value!, m!, s!].every((tensor) => device.backend.isSole(tensor));
      const made = [value!, m!, s!].map((old) => (given ? old : ok ? device.empty(old.shape) : old.clone()));
      if (ok) engine.runStructs([updateOf(device, [value!, gradient!, m!, s!, decayed, ...made], norm, attrs)], update, value!.size);
      const tallied = tensorOf(counted(tally!.dataSync() as Float32Array, ok, lossNow, attrs.share), [5]);
      return { outputs: [...made, tallied, tensorOf(Float32Array.of(ok ? 1 : 0), [])], saved: [] };
    },
    backward: () => fail("gradient", "flows/adam", "a step of an optimizer has no gradient."),
  };
}

/** The parts' sums, which their structs take, added in their order. */
function sumOfSquares({ arena, backend }: Device, { parts, runStructs }: Engine, commands: Int32Array, x: Tensor): number {
  const at = runStructs(Array<Int32Array>(parts).fill(structOf([backend.pointer(x)])), commands, x.size);
  const bytes = new DataView(arena.memory.buffer);
  let total = 0;
  for (let part = 0; part < parts; part++) total += bytes.getFloat64(at + part * STRUCT_STRIDE + 8, true);
  return total;
}

/** The struct `Update` of assembly/adam.ts. */
function updateOf({ backend }: Device, tensors: readonly (Tensor | undefined)[], norm: number, attrs: AdamAttrs): Int32Array {
  const { learningRate, beta1, beta2, epsilon, correction1, correction2, clip, weightDecay, share } = attrs;
  const shrink = Number.isFinite(clip) ? share * Math.min(1, clip / (norm + CLIP_GUARD)) : share;
  const rates = [shrink, learningRate / correction1, 1 / correction2, learningRate * weightDecay];
  const addresses = tensors.map((tensor) => (tensor ? backend.pointer(tensor) : 0));
  return structOf(addresses, [...rates, beta1, 1 - beta1, beta2, 1 - beta2, epsilon]);
}

/** (skipped, skipped in a row, longest such row, sum of share * loss, sum of share). */
function counted([skipped, run, longest, sumLoss, sumShare]: Float32Array, ok: boolean, loss: number, share: number): Float32Array {
  return ok
    ? Float32Array.of(skipped!, 0, longest!, sumLoss! + share * loss, sumShare! + share)
    : Float32Array.of(skipped! + 1, run! + 1, Math.max(longest!, run! + 1), sumLoss!, sumShare!);
}
