import { keep, type Tensor } from "@tensorflow/tfjs-core";
import { kernelFor } from "../backend/session.js";
import type { AnyKernel, Bijector, Call, Direction, Program, ProgramBuilder, Register, Transformed } from "../contracts/index.js";
import { defineOp, onReference } from "../kernels/op.js";
import { attempt, Refusal } from "./compile.js";

export interface ChainAttrs {
  readonly program: Program;
  readonly layers: () => Transformed;
}

/** A whole chain as one node on the tape: (rows, context, trained buffers) to (value, log-det, new state). */
const run = defineOp<ChainAttrs>({ name: "flowsChain", reference: (_inputs, { layers }) => layers() });

/**
 * Compiles on first use, once for each mode and width; undefined where no kernel runs its ops or a module refuses to lower.
 * A program whose numbers have moved to another buffer is compiled anew.
 */
export function programOf(contextFeatures: number, body: (program: ProgramBuilder, x: Register) => Register) {
  const compiled = new Map<string, Program | Refusal>();
  /** Kernels that have been seen to run all of a program's ops. */
  const runs = new WeakMap<Program, AnyKernel>();
  return (rows: Tensor, call: Call): Program | undefined => {
    const kernel = onReference() || rows.rank !== 2 ? undefined : kernelFor("flowsChain");
    if (!kernel) return undefined;
    const training = call.training ?? false;
    const key = `${rows.shape[1]} ${training}`;
    const found = compiled.get(key);
    const stale = !found || (!(found instanceof Refusal) && found.buffers.some(({ isDisposed }) => isDisposed));
    const known = stale ? attempt({ training, features: rows.shape[1]!, contextFeatures }, body) : found;
    compiled.set(key, known);
    if (known instanceof Refusal) return undefined;
    if (runs.get(known) !== kernel && !known.steps.every(({ op }) => kernel.ops?.has(op) ?? true)) return undefined;
    runs.set(known, kernel);
    return known;
  };
}

/** Lowers bijectors one after the other. */
export const lowered = (members: readonly Bijector[], direction: Direction) => {
  const ordered = direction === "forward" ? members : [...members].reverse();
  return (program: ProgramBuilder, x: Register): Register => ordered.reduce((value, b) => b.lower(program, value, direction), x);
};

export const contextOf = (members: readonly { readonly contextFeatures: number }[]): number =>
  Math.max(0, ...members.map((member) => member.contextFeatures));

/** The buffers of a program that are trained: those that the tape is told of. */
export const trainedBuffers = ({ buffers }: Program) => buffers.filter(({ trainable }) => trainable);

/** Runs a program, and hands on the new state it computed. */
export function flowsChain(program: Program, rows: Tensor, call: Call, layers: () => Transformed): Transformed {
  const inputs = [rows, ...(program.context ? [call.context!] : []), ...trainedBuffers(program)];
  const [value, logDet, ...news] = run(inputs, { program, layers });
  renew(program, news, call);
  return [value!, logDet!];
}

/** Hands the new state on that a program computed. */
export function renew({ renewals }: Program, news: readonly Tensor[], { updates }: Call): void {
  news.forEach((tensor, i) => {
    const { view } = renewals[i]!;
    updates?.get(view)?.dispose();
    updates?.set(view, keep(tensor));
  });
}
