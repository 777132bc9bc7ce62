import { mul, sum, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import { kernelFor } from "../backend/session.js";
import { sameShape } from "../checks.js";
import type { Call, Distribution, Kernel, Program } from "../contracts/index.js";
import { fail } from "../errors.js";
import { onReference } from "../kernels/op.js";
import { boundaryCall, checkedContext } from "../modules/call.js";
import { programOf, renew, trainedBuffers } from "./flows-chain.js";
import { lossGradient, type Pulled } from "./loss-gradient.js";

/** What the kernel of `densityGradient` is told: it maps (rows, context, slopes) to (loss, a gradient for each trained buffer, new state). */
export interface DensityAttrs {
  readonly program: Program;
}

const programs = new WeakMap<Distribution, ReturnType<typeof programOf>>();

/** The program that adds up a model's log-density; it gives back the rows it was given. */
function programFor(model: Distribution, x: Tensor, call: Call): Program | undefined {
  const known =
    programs.get(model) ??
    programOf(model.contextFeatures, (program, rows) => {
      model.lower(program, rows);
      return rows;
    });
  programs.set(model, known);
  return known(x, call);
}

/**
 * The loss sum_i slopes_i log p(x_i) and its gradients: by one kernel, without a tape, where the backend has it and all of the model
 * lowers; else by the tape, which is the truth. New state goes to `call.updates`.
 * Shapes: x [n, ...event], slopes [n]. `nllStep` is what most training loops want.
 */
export function densityGradient(model: Distribution, x: Tensor, slopes: Tensor, buffers: readonly Variable[], call: Call): Pulled {
  const n = x.shape[0]!;
  sameShape(`${model.type}: logProb`, model.eventShape, x.shape.slice(1));
  if (slopes.size !== n || slopes.rank !== 1)
    fail("shape", model.type, `expected weights or slopes [${n}], one for each row, got [${slopes.shape}].`);
  const kernel = onReference() ? undefined : (kernelFor("densityGradient") as Kernel<DensityAttrs> | undefined);
  const program = kernel && programFor(model, x, call);
  if (!program || program.steps.length === 0) return lossGradient(() => sum(mul(model.logProb(x, call), slopes)), buffers);
  const { context } = checkedContext(model.type, model.contextFeatures, boundaryCall(model.type, model.contextFeatures, n, call));
  const inputs = [x, ...(program.context ? [context!] : []), slopes];
  const [value, ...rest] = kernel!.forward(inputs, { program }, { saving: false }).outputs;
  const trained = trainedBuffers(program);
  renew(program, rest.slice(trained.length), call);
  return { value: value!, grads: Object.fromEntries(trained.map(({ name }, i) => [name, rest[i]!])) };
}
