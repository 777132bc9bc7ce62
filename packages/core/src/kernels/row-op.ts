import type { Tensor } from "@tensorflow/tfjs-core";
import type { Examples, Place, ProgramBuilder, Register, RowOpSpec } from "../contracts/index.js";
import { resultsOf } from "../row-ops/step.js";
import { defineOp } from "./op.js";

/** What the kernel on the tape of a row op is told: how many of its inputs are rows, the others being parameters. */
export interface RowCall {
  readonly rows: number;
  readonly attrs: unknown;
}

/** An op's spec and its composite, which is what its kernels have to compute. */
export interface RowReference<A = unknown> {
  readonly spec: RowOpSpec<A>;
  /** Rows [batch, width], or [width] where all rows share one, and parameters to the results and the log-det, [batch] or one number. */
  reference(rows: readonly Tensor[], params: readonly Tensor[], attrs: A): readonly Tensor[];
}

/** An op with examples of what it works on, for the kit: data beside the op, so that a page that runs it is without them. */
export interface RowExamples {
  readonly op: RowReference;
  readonly at: Examples;
}

/** Results, and then the log-det. */
type Reference<A, R extends readonly Tensor[]> = (
  rows: readonly Tensor[],
  params: readonly Tensor[],
  attrs: A,
) => [...results: R, logDet: Tensor];

/** An op by rows: in a formula it takes tensors, in a lowering registers and places. */
export interface RowOp<A, R extends readonly Tensor[]> extends RowReference<A> {
  (...call: Parameters<Reference<A, R>>): [...results: R, logDet: Tensor];
  readonly reference: Reference<A, R>;
  emit(program: ProgramBuilder, reads: readonly Register[], params: readonly Place[], attrs: A): { -readonly [K in keyof R]: Register };
}

/** Defines an op that works row by row: its formula, for what its spec says. */
export function defineRowOp<A, R extends readonly Tensor[]>(spec: RowOpSpec<A>, reference: Reference<A, R>): RowOp<A, R> {
  const op = defineOp<RowCall & { readonly attrs: A }>({
    name: spec.op,
    rows: spec as RowOpSpec,
    reference: (inputs, { rows, attrs }) => reference(inputs.slice(0, rows), inputs.slice(rows), attrs),
  });
  type Results = [...results: R, logDet: Tensor];
  const run: Reference<A, R> = (rows, params, attrs) => op([...rows, ...params], { rows: rows.length, attrs }) as Results;
  const emit: RowOp<A, R>["emit"] = (program, reads, params, attrs) => {
    const writes = program.emit(spec, reads, params, attrs);
    return resultsOf({ spec, writes }) as { -readonly [K in keyof R]: Register };
  };
  return Object.assign(run, { spec, reference, emit });
}
