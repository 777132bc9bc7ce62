import type { Tensor } from "@tensorflow/tfjs-core";
import type { Attrs, Place, ProgramBuilder, Register } from "../contracts/index.js";
import { defineOp } from "./op.js";

/** How a row op's inputs fall into rows and parameters, and which widths its kernel writes. */
export interface RowShapes {
  readonly rows: number;
  readonly widths: readonly number[];
  readonly attrs: Attrs;
}

type Reference<A> = (rows: readonly Tensor[], params: readonly Tensor[], attrs: A) => [value: Tensor, logDet: Tensor];

/** An op by rows: in a formula it takes tensors, in a lowering registers and places. */
export interface RowOp<A extends Attrs> {
  (rows: readonly Tensor[], params: readonly Tensor[], attrs: A): [value: Tensor, logDet: Tensor];
  readonly op: string;
  emit(program: ProgramBuilder, reads: readonly Register[], params: readonly Place[], attrs: A): Register;
}

/**
 * Defines an op that works row by row: `reference` takes rows [batch, width] and parameters and gives the value and the
 * log-det [batch]. `widths` tells which registers a kernel writes: the last is the result, the others are kept for its backward.
 */
export function defineRowOp<A extends Attrs>(
  name: string,
  widths: (rows: readonly number[], attrs: A) => readonly number[],
  reference: Reference<A>,
): RowOp<A> {
  const op = defineOp<RowShapes>({
    name,
    reference: (inputs, { rows, attrs }) => reference(inputs.slice(0, rows), inputs.slice(rows), attrs as A),
  });
  const run = (rows: readonly Tensor[], params: readonly Tensor[], attrs: A): [Tensor, Tensor] => {
    const inputWidths = rows.map((r) => r.shape[1]!);
    return op([...rows, ...params], { rows: rows.length, attrs, widths: widths(inputWidths, attrs) }) as [Tensor, Tensor];
  };
  const emit = (program: ProgramBuilder, reads: readonly Register[], params: readonly Place[], attrs: A): Register => {
    const inputWidths = reads.map((r) => r.width);
    return program.emit(name, { reads, params, attrs, widths: widths(inputWidths, attrs) }).at(-1)!;
  };
  return Object.assign(run, { op: name, emit });
}
