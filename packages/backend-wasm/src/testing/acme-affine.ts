import type { Plugin } from "@flows/core";
import { affineSpec, bias, defineBijector, defineRowOp, scale } from "@flows/core/author";
import { add, exp, mul, neg, sub, sum, zeros } from "@flows/core/ops";
import { builds } from "../binary/builds.js";
import { kernels } from "../generated/kernels.js";
import { ownRows } from "../rows/own-rows.js";

/** Ours under another name. */
const spec = { ...affineSpec, op: "acme.affine" };

const rowsOp = defineRowOp(spec, ([x], [shift, logScale], { direction }) => {
  const forward = direction === "forward";
  const value = forward ? add(mul(x!, exp(logScale!)), shift!) : mul(sub(x!, shift!), exp(neg(logScale!)));
  return [value, add(zeros([x!.shape[0]!]), forward ? sum(logScale!) : neg(sum(logScale!)))];
});

/** A third party's shift and scale. */
export const acmeAffine = defineBijector({ type: "acme/affine", options: ["features"] }, ({ features }: { readonly features: number }) => ({
  event: [features],
  params: { shift: bias([features]), logScale: scale([features]) },
  forward: (z, p) => rowsOp([z], [p.shift, p.logScale], { direction: "forward" }),
  inverse: (x, p) => rowsOp([x], [p.shift, p.logScale], { direction: "inverse" }),
  lower: (program, x, p, direction) => rowsOp.emit(program, [x], [p.shift, p.logScale], { direction })[0],
}));

const unused = (): never => {
  throw new Error("the kernel in WebAssembly was not used");
};

/** Its plugin: the kernel's module is a whole build of ours, which keeps to the rules for one. */
export async function acmePlugin(): Promise<Plugin> {
  const { plain: bytes } = await builds(kernels);
  const kernel = { spec, forward: unused, backward: unused, binaries: { wasm: { ...ownRows(affineSpec.op), bytes } } };
  return { name: "acme", spec: 1, modules: [acmeAffine], kernels: [kernel] };
}
