import { cpu, rowKernels } from "@flows/backend-cpu";
import { bijectors } from "@flows/bijectors";
import { type BackendHandle, type Plugin, useBackend } from "@flows/core";
import {
  batchMomentsExamples,
  batchMomentsSpec,
  bias,
  defineBijector,
  defineRowOp,
  programEngine,
  programFor,
  type RowKernel,
  scale,
  standardiseSpec,
  state,
} from "@flows/core/author";
import { constant, type Tensor } from "@flows/core/ops";
import { bijectorLaws, rowOpLaws } from "@flows/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builds } from "../binary/builds.js";
import { kernels } from "../generated/kernels.js";
import { wasm } from "../index.js";
import { ownRows } from "../rows/own-rows.js";

const momentum = 0.1;
const epsilon = 1e-3;
/** Our barrier under another name. */
const spec = { ...batchMomentsSpec, op: "acme.moments" };

const referenceOf = (op: string) => bijectors.ops!.find((one) => one.op.spec.op === op)!.op.reference;
type Four = [Tensor, Tensor, Tensor, Tensor];
const moments = defineRowOp(spec, (rows, params, attrs) => {
  const [newMean, newVariance, mean, variance] = referenceOf(batchMomentsSpec.op)(rows, params, attrs) as Four;
  return [newMean, newVariance, mean, variance, constant(0)];
});
const standardise = defineRowOp(standardiseSpec, (rows, params, attrs) => {
  const [value, logDet] = referenceOf(standardiseSpec.op)(rows, params, attrs) as [Tensor, Tensor];
  return [value, logDet];
});

/** A third party's batch normalisation, over a barrier of its own. */
const acmeNorm = defineBijector({ type: "acme/norm", options: ["features"] }, ({ features }: { readonly features: number }) => ({
  event: [features],
  params: { shift: bias([features]), logScale: scale([features]) },
  state: { mean: state([features]), variance: state([features], 1, "positive") },
  forward: (z, p) => standardise.reference([z], [p.shift, p.logScale, p.mean, p.variance], { direction: "forward", epsilon }),
  inverse: (x, p, call) => {
    const params = [p.shift, p.logScale, p.mean, p.variance];
    if (!call.training) return standardise.reference([x], params, { direction: "inverse", epsilon });
    const [newMean, newVariance, mean, variance] = moments.reference([x], [p.mean, p.variance], { momentum });
    call.update("mean", newMean);
    call.update("variance", newVariance);
    return standardise.reference([x, mean, variance], params, { direction: "inverse", epsilon });
  },
  lower: (program, x, p, direction, self) => {
    const params = [p.shift, p.logScale, p.mean, p.variance];
    if (direction === "forward" || !program.training) return standardise.emit(program, [x], params, { direction, epsilon })[0];
    const [newMean, newVariance, mean, variance] = moments.emit(program, [x], [p.mean, p.variance], { momentum });
    program.update(self, "mean", newMean);
    program.update(self, "variance", newVariance);
    return standardise.emit(program, [x, mean, variance], params, { direction, epsilon })[0];
  },
}));

const { plain: bytes } = await builds(kernels);
const own = rowKernels.find((kernel) => kernel.spec.op === batchMomentsSpec.op)!;
const kernel: RowKernel = { ...own, spec, binaries: { wasm: { ...ownRows(batchMomentsSpec.op), bytes } } };
const plugins: Plugin[] = [{ name: "acme", spec: 1, modules: [acmeNorm], kernels: [kernel] }];
const make = () => acmeNorm({ features: 3 });

describe.each([
  ["cpu", () => cpu({ plugins })],
  ["wasm on one thread", () => wasm({ plugins, threads: 1 })],
  ["wasm on two threads", () => wasm({ plugins, threads: 2 })],
])("a plugin's barrier on %s", (_name, backend) => {
  let handle: BackendHandle;
  beforeAll(async () => {
    handle = await useBackend(backend());
  });
  afterAll(() => handle.dispose());

  it("is part of programs", () => {
    const b = make();
    const program = programFor(b, [3], "inverse", true);
    expect(typeof program === "object" && program.steps.map(({ spec }) => [spec.op, spec.barrier])).toEqual([
      ["acme.moments", true],
      ["standardise", false],
    ]);
    expect(programEngine()!.ops.has("acme.moments")).toBe(true);
    b.dispose();
  });
  for (const law of bijectorLaws(make, { event: [3], plugins })) it(law.name, law.check);
  for (const law of rowOpLaws([{ op: moments, at: batchMomentsExamples }], [kernel])) it(law.name, law.check);
});
