import { type NamedTensorMap, type Tensor, type Variable, where, zeros } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import type { Module } from "../contracts/index.js";
import { disposeKey } from "../dispose-key.js";
import { fail } from "../errors.js";
import { isModule } from "../modules/inside.js";
import { type Leaf, leaves } from "../modules/leaves.js";
import { hold, put } from "../modules/params.js";
import { checkOptions, finite, fraction, type Option, type OptionsOf, optionTable } from "../options.js";
import { adamOp } from "./adam-op.js";
import { type Packed, packed } from "./packed.js";

const memory = (help: string, usual: number): Option<number, number> => ({ help, usual, check: fraction });

/** What `adam` can be told. */
export const adamOptions = optionTable(() => ({
  learningRate: finite("The size of a step.", 1e-3, { least: 0 }),
  beta1: memory("How slowly the first moment forgets, from 0 to below 1.", 0.9),
  beta2: memory("How slowly the second moment forgets, from 0 to below 1.", 0.999),
  epsilon: finite("Keeps the division by the second moment away from 0.", 1e-8, { above: 0 }),
  clip: finite("The greatest norm of the whole gradient; longer ones are shortened to it. By default there is none.", undefined, {
    above: 0,
  }),
  weightDecay: finite("Decoupled decay of the numbers of role weight; biases and scales do not decay.", 0, { least: 0 }),
}));
export type AdamOptions = OptionsOf<typeof adamOptions>;

/** An optimizer and its memory on the backend. */
export interface Optimizer extends Disposable {
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
  checkOptions("adam", adamOptions, options);
  const { learningRate, beta1, beta2, epsilon, weightDecay } = adamOptions;
  return {
    learningRate: options.learningRate ?? learningRate.usual,
    beta1: options.beta1 ?? beta1.usual,
    beta2: options.beta2 ?? beta2.usual,
    epsilon: options.epsilon ?? epsilon.usual,
    clip: options.clip ?? Number.POSITIVE_INFINITY,
    weightDecay: options.weightDecay ?? weightDecay.usual,
  };
}

/** A loss of another model would move nothing, and say nothing. */
function checkReach({ packed: { buffers }, m }: Optimizer, gradients: NamedTensorMap): void {
  if (m.isDisposed) fail("disposed", "step", "this optimizer was disposed. Make a new one.");
  if (!buffers.some(({ name }) => gradients[name]))
    fail("gradient", "step", "the loss does not depend on the parameters that this optimizer trains. Compute it with their model.");
}

/**
 * Adam with decoupled weight decay, for `step`: it skips what is not finite and reads nothing back. Free it with `dispose`, or with `using`.
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
  const dispose = (): void => {
    for (const variable of [self.m, self.s, self.tally, decayed]) variable?.dispose();
    parts.dispose();
  };
  const self: Optimizer = {
    learningRate,
    steps: 0,
    packed: parts,
    m: empty(size),
    s: empty(size),
    tally: empty(5),
    update: (loss, gradients, share) => {
      checkReach(self, gradients);
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
    dispose,
    [disposeKey]: dispose,
  };
  return self;
}
