import { adam, type BackendHandle, type Bijector, type Distribution, draw, score } from "@flows/core";
import {
  affineSpec,
  bias,
  type Directed,
  defineBijector,
  defineRowOp,
  type Factory,
  type Floats,
  rowOpSpec,
  scale,
  state,
} from "@flows/core/author";
import { add, exp, mul, neg, sub, sum } from "@flows/core/ops";
import { bijectorLaws } from "./index.js";

interface Config {
  readonly features: number;
}

/** Names are inferred in an expression body and in a block body, whatever stands first. */
export const expression = defineBijector("test/expression", ({ features }: Config) => ({
  params: { logScale: scale([features]) },
  // @ts-expect-error: there is no shift
  forward: (z, p) => [add(z, p.shift), sum(p.logScale)],
  inverse: (x, p) => [mul(x, exp(neg(p.logScale))), neg(sum(p.logScale))],
}));
export const block = defineBijector("test/block", ({ features }: Config) => {
  const twice = 2 * features;
  return {
    params: { logScale: scale([twice]) },
    // @ts-expect-error: there is no shift
    forward: (z, p) => [add(z, p.shift), sum(p.logScale)],
    inverse: (x, p) => [mul(x, exp(neg(p.logScale))), neg(sum(p.logScale))],
  };
});
export const formulasFirst = defineBijector("test/formulas-first", ({ features }: Config) => ({
  forward: (z, p) => [add(mul(z, exp(p.logScale)), p.shift), sum(p.logScale)],
  inverse: (x, p) => [mul(sub(x, p.shift), exp(neg(p.logScale))), neg(sum(p.logScale))],
  params: { logScale: scale([features]), shift: bias([features]) },
}));

/** State has its names too; what a lowering sees are the places of the same names. */
export const stateful = defineBijector("test/stateful", ({ features }: Config) => ({
  params: { shift: bias([features]) },
  state: { mean: state([features]) },
  forward: (z, p) => [add(z, add(p.shift, p.mean)), sum(p.mean)],
  // @ts-expect-error: there is no variance
  inverse: (x, p) => [sub(x, p.variance), sum(p.mean)],
  lower: (program, x, p) => {
    // @ts-expect-error: there is no logScale
    const places = [p.shift, p.mean, p.logScale];
    return program.emit(affineSpec, [x], places, { direction: "forward" })[0]!;
  },
}));

/** Ops take tensors only: a literal would be rounded to float32. */
export const literal = defineBijector("test/literal", (_config: {}) => ({
  // @ts-expect-error: a number is not a tensor
  forward: (z) => [sub(z, 1), sum(z)],
  inverse: (x) => [x, sum(x)],
}));

/** A formula gives value and log-det. */
// @ts-expect-error: the log-det is missing
export const alone = defineBijector("test/alone", (_config: {}) => ({ forward: (z) => [z], inverse: (x) => [x, sum(x)] }));

/** An explicit type keeps the names, and a factory keeps its config. */
export const annotated: Factory<Config, Bijector<Config>> = defineBijector("test/annotated", ({ features }: Config) => ({
  params: { logScale: scale([features]) },
  forward: (z, p) => [mul(z, exp(p.logScale)), sum(p.logScale)],
  // @ts-expect-error: there is no shift
  inverse: (x, p) => [add(x, p.shift), neg(sum(p.logScale))],
}));
// @ts-expect-error: features is a number
export const wrongConfig = () => annotated({ features: "3" });
// @ts-expect-error: the config has no width
export const unknownConfig = () => annotated({ features: 3, width: 2 });

/** A row op insists on its settings. */
const rows = defineRowOp(rowOpSpec<Directed>({ op: "test.rows" }), ([x]) => [x!, sum(x!, 1)]);
// @ts-expect-error: the direction is missing
export const withoutSettings = (x: Parameters<typeof sum>[0]) => rows([x], [], {});
// @ts-expect-error: sideways is no direction
export const sideways = (x: Parameters<typeof sum>[0]) => rows([x], [], { direction: "sideways" });

/** The kit takes a thunk and an event; exceptions carry reasons. */
export const laws = () => bijectorLaws(() => annotated({ features: 3 }), { event: [3], except: { "inverse undoes forward": "a reason" } });
// @ts-expect-error: a module would be shared by all laws
export const shared = () => bijectorLaws(annotated({ features: 3 }), { event: [3] });
// @ts-expect-error: an exception without a reason
export const unreasoned = () => bijectorLaws(() => annotated({ features: 3 }), { event: [3], except: ["inverse undoes forward"] });

/** What host functions give can be folded, whichever array it is, and both arrays are such numbers. */
export async function folded(model: Distribution): Promise<number> {
  const total = (await score(model, [[0]])).reduce((sum, value) => sum + value, 0);
  const greatest = (await draw(model, 3)).data.reduce((most, value) => Math.max(most, value));
  const told = (await score(model, [[0]])).reduceRight<string[]>((words, value) => [...words, value.toFixed(2)], []);
  const both: readonly Floats[] = [new Float32Array(2), new Float64Array(2)];
  return total + greatest + told.length + both.length;
}

/** Backends, modules and optimizers can be `using`. */
export function used(open: BackendHandle, make: () => Distribution): number {
  using backend = open;
  using model = make();
  using optimizer = adam(model);
  return backend.name.length + optimizer.steps;
}
