import type { Attrs, Place, ProgramBuilder, Register, RowKernel, RowOp, Shape, Step } from "@flows/core";
import { type Exceptions, type Law, without } from "../law.js";
import type { Interval } from "../plain/batch.js";
import type { ToleranceOptions } from "../tolerances.js";
import type { FrameCase } from "./frame-case.js";
import { frameLaws } from "./frame-laws.js";
import { referenceOf } from "./reference.js";

/** What an op works on: the widths of its rows, the shapes of its parameters, its settings. */
export interface KernelCase<A extends Attrs> {
  readonly rows: readonly number[];
  readonly params: readonly Shape[];
  readonly attrs: A;
  /** Where the first rows lie. Default everywhere. */
  readonly domain?: Interval | undefined;
}

export interface KernelOptions<A extends Attrs> extends ToleranceOptions {
  /** The op, whose reference the kernel must equal. */
  readonly op: RowOp<A>;
  /** The cases at a number of features; asked for 1, 3, 5 and 8. */
  readonly at: (features: number) => KernelCase<A> | readonly KernelCase<A>[];
  readonly except?: Exceptions | undefined;
}

const widths = [1, 3, 5, 8];

/**
 * A row kernel equals its op's reference at odd shapes, value and gradient; it keeps to its rows.
 *
 * @example
 * const at = (n: number) => ({ rows: [n], params: [[n]], attrs: { direction: "forward" } as const });
 * for (const law of kernelLaws(sinhKernel, { op: sinhRows, at })) it(law.name, law.check);
 */
export function kernelLaws<A extends Attrs>(kernel: RowKernel, { op, at, except, ...options }: KernelOptions<A>): Law[] {
  const laws = widths.flatMap((features) => {
    const found = at(features);
    return [found].flat().flatMap((kernelCase, i) => {
      const name = `${op.op} of ${features} features${Array.isArray(found) ? `, case ${i + 1}` : ""}`;
      return frameLaws(name, (check) => check(frameCaseOf(kernel, op, kernelCase as KernelCase<A>)), options);
    });
  });
  return without(laws, except);
}

function frameCaseOf<A extends Attrs>(kernel: RowKernel, op: RowOp<A>, { rows, params, attrs, domain }: KernelCase<A>): FrameCase {
  const step = emitted(op, rows, params, attrs);
  return { kernel, step, paramShapes: params, domain, truth: referenceOf(op, attrs, params) };
}

/** The one step that the op writes into a program. */
function emitted<A extends Attrs>(op: RowOp<A>, rows: readonly number[], params: readonly Shape[], attrs: A): Step {
  let made: Step | undefined;
  const register = (width: number, index: number): Register => ({ index, width, shared: false });
  const emit = (
    name: string,
    { reads, widths: written, params: places = [], attrs: settings = {}, barrier = false }: Parameters<ProgramBuilder["emit"]>[1],
  ) => {
    const writes = written.map((width, i) => register(width, reads.length + i));
    made = { op: name, reads, writes, params: places, attrs: settings, barrier };
    return writes;
  };
  const places = params.map((shape, buffer): Place => ({ buffer, offset: 0, size: shape.reduce((a, b) => a * b, 1) }));
  op.emit({ emit, training: false, context: undefined } as unknown as ProgramBuilder, rows.map(register), places, attrs);
  return made!;
}
