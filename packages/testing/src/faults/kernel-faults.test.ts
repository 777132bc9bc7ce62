import { cpu, rowKernels } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { affineTransformer, bijectors, coupling, mlp } from "@flows/bijectors";
import { type Backend, type BackendHandle, chain, interpreter, onTape, type RowKernel, unpackKernel, useBackend } from "@flows/core";
import { afterEach, describe, expect, it } from "vitest";
import { bijectorLaws, kernelLaws, loweringLaws } from "../index.js";
import { brokenLaws } from "./broken-laws.js";
import { kernelFaults } from "./kernels.js";
import { acme, sinhKernel, sinhMap, sinhRows } from "./sinh.js";

const sound = [...rowKernels, sinhKernel];
const withFault = (kernel: RowKernel): RowKernel[] => [...sound.filter(({ op }) => op !== kernel.op), kernel];

/** backend-cpu with other kernels. */
const cpuWith = (kernels: readonly RowKernel[]): Backend => ({
  ...cpu(),
  options: { kernels: "replaced" },
  load: async () => ({ ...(await cpu().load()), kernels: [unpackKernel, ...tape(kernels), interpreter(kernels)] }),
});
const tape = (kernels: readonly RowKernel[]) => kernels.filter(({ op }) => op !== "batchMoments").map(onTape);

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
    const at = (features: number) =>
      (["forward", "inverse"] as const).map((direction) => ({ rows: [features], params: [[features]], attrs: { direction } }));
    expect(await brokenLaws(kernelLaws(sinhKernel, { op: sinhRows, at }))).toEqual([]);
    expect(await brokenLaws(loweringLaws(make, sound, options))).toEqual([]);
    handle.dispose();
    handle = await useBackend(cpuWith(sound));
    expect(await brokenLaws(bijectorLaws(make, options))).toEqual([]);
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
