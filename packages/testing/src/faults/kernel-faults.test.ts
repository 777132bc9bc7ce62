import { cpu, interpreter, rowKernels } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { affineTransformer, batchNorm, bijectors, coupling, mlp } from "@flows/bijectors";
import { type Backend, type BackendHandle, chain, flow, normal, useBackend } from "@flows/core";
import { onTape, type ProgramEngine, type RowKernel, unpackKernel } from "@flows/core/author";
import { mul, scalar, sum, type Tensor, zerosLike } from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, it } from "vitest";
import { bijectorLaws, distributionLaws, kernelLaws, loweringLaws, rowOpLaws } from "../index.js";
import { brokenLaws } from "./broken-laws.js";
import { kernelFaults } from "./kernels.js";
import { acme, sinhKernel, sinhMap, sinhOp } from "./sinh.js";

const sound = [...rowKernels, sinhKernel];
const withFault = (kernel: RowKernel): RowKernel[] => [...sound.filter(({ spec }) => spec.op !== kernel.spec.op), kernel];

/** backend-cpu with other kernels. */
const cpuWith = (kernels: readonly RowKernel[]): Backend => ({
  ...cpu(),
  options: { kernels: "replaced" },
  load: async () => ({ ...(await cpu().load()), kernels: [unpackKernel, ...tape(kernels)], programs: interpreter(kernels) }),
});
/** backend-cpu with a training step whose outputs (loss, gradient, new state) are spoiled. */
const cpuWithStep = (spoil: (outputs: Tensor[]) => Tensor[]): Backend => ({
  ...cpu(),
  options: { kernels: "spoiled" },
  load: async () => {
    const engine = interpreter([...rowKernels, sinhKernel]);
    const gradient: ProgramEngine["gradient"] = (program, inputs, slopes) => {
      const { value, logDet, renewed: state, saved } = engine.run(program, inputs, true);
      const pulled = engine.pull!(program, saved, zerosLike(value), slopes).slice(inputs.length);
      const [loss, ...rest] = spoil([sum(mul(logDet, slopes)), ...pulled, ...state]);
      return { loss: loss!, gradients: rest.slice(0, pulled.length), renewed: rest.slice(pulled.length) };
    };
    return { ...(await cpu().load()), programs: { ...engine, gradient } };
  },
});
const tape = (kernels: readonly RowKernel[]) => kernels.filter(({ spec }) => !spec.barrier).map(onTape);

const make = () =>
  chain([
    coupling({
      mask: [1, 0],
      conditioner: mlp({ features: 1, hidden: [5], outputs: 2, activation: "tanh" }),
      transformer: affineTransformer({}),
    }),
    sinhMap({ features: 2 }),
  ]);
const options = { event: [2], plugins: [bijectors, acme], domain: { forward: [-9, 9] } } as const;

describe("planted faults in kernels", () => {
  let handle: BackendHandle | undefined;
  afterEach(() => handle?.dispose());

  it("correct kernels pass: on memory, and in programs", async () => {
    handle = await useBackend(float64());
    expect(await brokenLaws(kernelLaws(sinhKernel, sinhOp))).toEqual([]);
    expect(await brokenLaws(loweringLaws(make, sound, options))).toEqual([]);
    handle.dispose();
    handle = await useBackend(cpuWith(sound));
    expect(await brokenLaws(bijectorLaws(make, options))).toEqual([]);
  });

  it("an op without a kernel, and a kernel without an op, are caught", async () => {
    const laws = rowOpLaws([sinhOp], rowKernels.slice(0, 1));
    expect((await brokenLaws(laws)).map(({ law }) => law)).toEqual([
      "acme.sinh has a kernel",
      `the kernel of ${rowKernels[0]!.spec.op} has an op with a reference`,
    ]);
  });

  const stepLaw = "a training step has the loss, the gradients and the new state of the reference";
  const ofDensity = () =>
    distributionLaws(() => flow({ base: normal({ features: 2 }), bijector: chain([make(), batchNorm({ features: 2 })]) }), options);

  it("a sound training step passes", async () => {
    handle = await useBackend(cpuWithStep((outputs) => outputs));
    expect((await brokenLaws(ofDensity())).map(({ law }) => law)).not.toContain(stepLaw);
  });

  for (const [what, at] of [
    ["loss", 0],
    ["gradient", 1],
    ["new state", 2],
  ] as const)
    it(`a training step with a wrong ${what} is caught`, async () => {
      handle = await useBackend(cpuWithStep((outputs) => outputs.map((output, i) => (i === at ? mul(output, scalar(1.01)) : output))));
      expect((await brokenLaws(ofDensity())).map(({ law }) => law)).toContain(stepLaw);
    });

  for (const { name, kernel, onMemory, throughModules } of kernelFaults) {
    it(`${name} is caught on memory by: ${onMemory}`, async () => {
      handle = await useBackend(float64());
      const names = (await brokenLaws(loweringLaws(make, withFault(kernel), options))).map(({ law }) => law);
      expect(names).toContain(`forward: ${onMemory}`);
    });
    if (throughModules.length > 0)
      it(`${name} is caught through a module by: ${throughModules.join("; ")}`, async () => {
        handle = await useBackend(cpuWith(withFault(kernel)));
        const names = (await brokenLaws(bijectorLaws(make, options))).map(({ law }) => law);
        expect(names).toEqual(expect.arrayContaining([...throughModules]));
      });
  }
});
