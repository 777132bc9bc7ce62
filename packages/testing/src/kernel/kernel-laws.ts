import { type RowCase, type RowExamples, type RowKernel, type RowReference, stepOf } from "@flows/core/author";
import { broken } from "../close.js";
import { type Exceptions, type Law, without } from "../law.js";
import type { ToleranceOptions } from "../tolerances.js";
import type { FrameCase } from "./frame-case.js";
import { frameLaws } from "./frame-laws.js";
import { referenceOf } from "./reference.js";

export interface KernelOptions extends ToleranceOptions {
  readonly except?: Exceptions | undefined;
}

const widths = [1, 2, 3, 5, 8, 17];

/**
 * A row kernel equals its op's reference on the op's examples at odd numbers of features, value and gradient; it keeps to
 * its rows.
 *
 * @example
 * const at = (n: number) => [{ rows: [n], params: [[n]], attrs: { direction: "forward" } }];
 * for (const law of kernelLaws(sinhKernel, { op: sinhRows, at })) it(law.name, law.check);
 */
export function kernelLaws(kernel: RowKernel, { op, at }: RowExamples, { except, ...options }: KernelOptions = {}): Law[] {
  const { spec } = op;
  const laws = widths.flatMap((features) =>
    at(features).flatMap((example, i) => {
      const name = `${spec.op} of ${features} features, case ${i + 1}`;
      return frameLaws(name, (check) => check(caseOf(kernel, op, example)), options, spec.barrier);
    }),
  );
  return without(laws, except);
}

/** The laws of every op's kernel, and that there is one for each and no other. */
export function rowOpLaws(ops: readonly RowExamples[], kernels: readonly RowKernel[], options: KernelOptions = {}): Law[] {
  const { except, ...others } = options;
  const laws = ops.flatMap((examples): Law[] => {
    const { spec } = examples.op;
    const kernel = kernels.find((one) => one.spec.op === spec.op);
    return kernel ? kernelLaws(kernel, examples, others) : [missing(`${spec.op} has a kernel`)];
  });
  const unknown = kernels.filter(({ spec }) => ops.every(({ op }) => op.spec.op !== spec.op));
  return without([...laws, ...unknown.map(({ spec }) => missing(`the kernel of ${spec.op} has an op with a reference`))], except);
}

const missing = (name: string): Law => ({ name, check: async () => broken("there is none") });

const caseOf = (kernel: RowKernel, op: RowReference, example: RowCase): FrameCase => ({
  kernel,
  step: stepOf(op.spec, example),
  domains: example.domains,
  truth: referenceOf(op, example),
});
