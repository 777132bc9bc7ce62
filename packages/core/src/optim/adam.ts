import { type NamedTensorMap, type Tensor, type Variable, where, zeros } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import { finiteNumber } from "../checks.js";
import type { Module } from "../contracts/index.js";
import { fail } from "../errors.js";
import { isModule } from "../modules/inside.js";
import { type Leaf, leaves } from "../modules/leaves.js";
import { hold, put } from "../modules/params.js";
import { adamOp } from "./adam-op.js";
import { type Packed, packed } from "./packed.js";

export interface AdamOptions {
  /** Default 1e-3. */
  readonly learningRate?: number | undefined;
  /** How slowly the first moment forgets. Default 0.9. */
  readonly beta1?: number | undefined;
  /** How slowly the second moment forgets. Default 0.999. */
  readonly beta2?: number | undefined;
  /** Default 1e-8. */
  readonly epsilon?: number | undefined;
  /** The greatest norm of the whole gradient; longer ones are shortened to it. Default: no limit. */
  readonly clip?: number | undefined;
  /** Decoupled decay of the numbers of role "weight"; biases and scales do not decay. Default 0. */
  readonly weightDecay?: number | undefined;
}

/** An optimizer and its memory on the backend. */
export interface Optimizer {
  /** Set it between two steps for a schedule of your own. */
  learningRate: number;
  /** Steps taken so far, skipped ones included; Adam's bias correction counts by it. */
  steps: number;
  readonly packed: Packed;
  readonly m: Variable;
  readonly s: Variable;
  /** Five numbers: see `adamOp`. */
  readonly tally: Variable;
  /** Moves the parameters; gives 1 on the device where the step counted, else 0. `share` is the batch's weight against a full one. */
  update(loss: Tensor, gradients: NamedTensorMap, share: number): Tensor;
  dispose(): void;
}

/** The parameters to train: all of a module, or the leaves given. */
function trained(of: Module | readonly Leaf[]): readonly Leaf[] {
  const found = (isModule(of) ? leaves(of) : (of as readonly Leaf[])).filter(({ kind }) => kind === "param");
  return found.length > 0 ? found : fail("config", "adam", "there is nothing to train: no parameters, or all of them are frozen.");
}

function settings(options: AdamOptions) {
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, clip, weightDecay = 0 } = options;
  for (const [name, beta] of Object.entries({ beta1, beta2 }))
    if (finiteNumber("adam", name, beta, { least: 0 }) >= 1) fail("config", "adam", `${name} must be below 1, got ${beta}.`);
  finiteNumber("adam", "learningRate", learningRate, { least: 0 });
  finiteNumber("adam", "epsilon", epsilon, { above: 0 });
  finiteNumber("adam", "weightDecay", weightDecay, { least: 0 });
  if (clip !== undefined) finiteNumber("adam", "clip", clip, { above: 0 });
  return { learningRate, beta1, beta2, epsilon, clip: clip ?? Number.POSITIVE_INFINITY, weightDecay };
}

/**
 * Adam with decoupled weight decay, for `step`: it skips what is not finite and reads nothing back. Free it with `dispose`.
 * Give it a module, or the leaves to train: `leaves(model).filter(...)`; the others stay as they are.
 *
 * Source: Kingma and Ba (2015), https://arxiv.org/abs/1412.6980
 */
export function adam(of: Module | readonly Leaf[], options: AdamOptions = {}): Optimizer {
  const chosen = trained(of);
  const { learningRate, ...fixed } = settings(options);
  const parts = packed(chosen);
  const { size, inParts } = parts;
  const empty = (length: number): Variable => hold(() => tensorOf(new Float32Array(length), [length]), false);
  const decayed = fixed.weightDecay > 0 ? parts.mask(({ spec }) => spec.role === "weight") : undefined;
  const self: Optimizer = {
    learningRate,
    steps: 0,
    packed: parts,
    m: empty(size),
    s: empty(size),
    tally: empty(5),
    update: (loss, gradients, share) => {
      self.steps += 1;
      const [correction1, correction2] = [1 - fixed.beta1 ** self.steps, 1 - fixed.beta2 ** self.steps];
      // A parameter that the loss does not reach has no entry.
      const raw = parts.gather(({ name, size: length }) => gradients[name] ?? zeros([length]));
      const gradient = inParts ? where(inParts, raw, zeros([size])) : raw;
      const inputs = [loss, parts.gather((buffer) => buffer), gradient, self.m, self.s, self.tally];
      const attrs = { ...fixed, learningRate: self.learningRate, correction1, correction2, share, inPlace: true };
      const [value, m, s, tally, ok] = adamOp(decayed ? [...inputs, decayed] : inputs, attrs);
      parts.scatter(value!);
      put(self.m, m!);
      put(self.s, s!);
      put(self.tally, tally!);
      return ok!;
    },
    dispose: () => {
      for (const variable of [self.m, self.s, self.tally, decayed]) variable?.dispose();
      parts.dispose();
    },
  };
  return self;
}
