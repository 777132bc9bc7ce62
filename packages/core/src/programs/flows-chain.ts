import { keep, type Tensor } from "@tensorflow/tfjs-core";
import { kernelFor } from "../backend/session.js";
import { defineOp, onReference } from "../kernels/op.js";
import type { Bijector, Call, Direction, Transformed } from "../types.js";
import { attempt, Refusal } from "./compile.js";
import type { Program } from "./program.js";

export interface ChainAttrs {
  readonly program: Program;
  readonly layers: () => Transformed;
}

/** A whole chain as one node on the tape: (rows, context, buffers) to (value, log-det, new state). */
const run = defineOp<ChainAttrs>({ name: "flowsChain", reference: (_inputs, { layers }) => layers() });

/** Compiles on first use, once for each mode and width; undefined where no kernel runs its ops or a member refuses to lower. */
export function programOf(members: readonly Bijector[], direction: Direction) {
  const ordered = direction === "forward" ? members : [...members].reverse();
  const contextFeatures = Math.max(0, ...members.map((b) => b.contextFeatures));
  const compiled = new Map<string, Program | Refusal>();
  return (rows: Tensor, call: Call): Program | undefined => {
    const kernel = onReference() || rows.rank !== 2 ? undefined : kernelFor("flowsChain");
    if (!kernel) return undefined;
    const training = call.training ?? false;
    const key = `${rows.shape[1]} ${training}`;
    const known = compiled.get(key) ?? attempt(ordered, { direction, training, features: rows.shape[1]!, contextFeatures });
    compiled.set(key, known);
    return known instanceof Refusal || !known.steps.every(({ op }) => kernel.ops?.has(op) ?? true) ? undefined : known;
  };
}

/** Runs a program, and hands on the new state it computed. */
export function flowsChain(program: Program, rows: Tensor, call: Call, layers: () => Transformed): Transformed {
  const inputs = [rows, ...(program.context ? [call.context!] : []), ...program.buffers];
  const [value, logDet, ...news] = run(inputs, { program, layers });
  news.forEach((tensor, i) => {
    const { view } = program.updates[i]!;
    call.updates?.get(view)?.dispose();
    call.updates?.set(view, keep(tensor.clone()));
  });
  return [value!, logDet!];
}
