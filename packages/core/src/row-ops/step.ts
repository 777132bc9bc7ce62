import type { Place, Register, RowCase, RowOpSpec, Step } from "../contracts/index.js";
import { fail } from "../errors.js";

/** A step on these registers; `register` makes those that it writes. */
export function makeStep<A>(
  spec: RowOpSpec<A>,
  reads: readonly Register[],
  params: readonly Place[],
  attrs: A,
  register: (width: number, shared: boolean) => Register,
): Step<A> {
  const names = spec.params(attrs);
  if (names.length !== params.length) {
    const expected = names.length > 0 ? `the parameters ${names.join(", ")}` : "no parameters";
    fail("config", spec.op, `this op takes ${expected}, got ${params.length}.`);
  }
  const widths = spec.widths(
    reads.map(({ width }) => width),
    attrs,
  );
  return { spec, attrs, reads, params, writes: widths.map((width) => register(width, spec.barrier)) };
}

/** A step by itself: registers numbered from 0, reads first, and a buffer for each parameter. */
export function stepOf<A>(spec: RowOpSpec<A>, { rows, shared = rows.length, params = [], attrs }: Omit<RowCase<A>, "domains">): Step<A> {
  const register = (width: number, index: number, shared: boolean): Register => ({ index, width, shared });
  let next = rows.length;
  return makeStep(
    spec,
    rows.map((width, i) => register(width, i, i >= shared)),
    params.map((shape, buffer) => ({ buffer, offset: 0, size: shape.reduce((a, b) => a * b, 1) })),
    attrs,
    (width, all) => register(width, next++, all),
  );
}

/** The registers that a step is run for; the others are kept for its backward. */
export const resultsOf = ({ spec, writes }: Pick<Step, "spec" | "writes">): readonly Register[] =>
  spec.barrier ? writes : writes.slice(-1);
