import { mul, sum, type Tensor, type Variable, zerosLike } from "@tensorflow/tfjs-core";
import { sameShape } from "../checks.js";
import type { Call, Distribution, ProgramEngine } from "../contracts/index.js";
import { fail } from "../errors.js";
import { boundaryCall, checkedContext } from "../modules/call.js";
import { draws } from "../random/draws.js";
import { densityLink } from "./links.js";
import { lossGradient, type Pulled } from "./loss-gradient.js";
import { handOn, inputsOf, type Runnable, trainedBuffers } from "./run-program.js";
import { stretchesOf } from "./stretches.js";
import { flat } from "./way.js";

const known = new WeakMap<Distribution, ReturnType<typeof stretchesOf>>();

/** The program that adds up a model's log-density; undefined where not all of it lowers. */
function programOf(model: Distribution, call: Call): Runnable | undefined {
  const stretches = known.get(model) ?? stretchesOf([densityLink(model)]);
  known.set(model, stretches);
  const [whole] = stretches(model.eventShape, call);
  return whole && "program" in whole ? whole : undefined;
}

/** The engine's own way to a program's gradient, or the way by `run` and `pull`; undefined where it has none. */
function gradientOf({ gradient, run, pull }: ProgramEngine): ProgramEngine["gradient"] {
  if (gradient || !pull) return gradient;
  return (program, inputs, slopes) => {
    const { value, logDet, renewed, saved } = run(program, inputs, true);
    const gradients = pull(program, saved, zerosLike(value), slopes).slice(inputs.length);
    return { loss: sum(mul(logDet, slopes)), gradients, renewed };
  };
}

/**
 * The loss sum_i slopes_i log p(x_i) and its gradients: by the backend's engine, without a tape, where it has gradients and all of the
 * model lowers; else by the tape, which is the truth. New state goes to `call.updates`.
 * Shapes: x [n, ...event], slopes [n]. `nllStep` is what most training loops want.
 */
export function densityGradient(model: Distribution, x: Tensor, slopes: Tensor, buffers: readonly Variable[], call: Call): Pulled {
  const n = x.shape[0]!;
  sameShape(`${model.type}: logProb`, model.eventShape, x.shape.slice(1));
  if (slopes.size !== n || slopes.rank !== 1)
    fail("shape", model.type, `expected weights or slopes [${n}], one for each row, got [${slopes.shape}].`);
  const runnable = programOf(model, call);
  const gradient = runnable && gradientOf(runnable.engine);
  if (!gradient) return lossGradient(() => sum(mul(model.logProb(x, call), slopes)), buffers);
  const { program } = runnable;
  const { type, contextFeatures } = model;
  const checked = checkedContext(type, contextFeatures, n, true, boundaryCall(type, contextFeatures, n, call));
  const inputs = inputsOf(program, flat(x), { ...checked, draws: checked.draws ?? draws(0) });
  const { loss, gradients, renewed } = gradient(program, inputs, slopes);
  handOn(program, renewed, call);
  return { value: loss, grads: Object.fromEntries(trainedBuffers(program).map(({ name }, i) => [name, gradients[i]!])) };
}
