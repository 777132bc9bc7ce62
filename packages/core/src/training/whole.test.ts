import { cpu } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { wasm } from "@flows/backend-wasm";
import { bijectors, realNvp } from "@flows/bijectors";
import { memory } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { useBackend } from "../backend/use-backend.js";
import type { Backend } from "../contracts/index.js";
import { load, save } from "../files/model.js";
import { decodeSafetensors } from "../files/safetensors.js";
import { draw } from "../host/draw.js";
import { score } from "../host/score.js";
import { normals } from "../random/index.js";
import { createRegistry } from "../registry.js";
import { fit } from "./fit.js";
import type { FitOptions } from "./options.js";

const rows = { data: normals(1, 0, 120, 2).map((v, i) => (i % 2 === 0 ? 2 * v + 1 : v * v)), shape: [120, 2] } as const;
const options: FitOptions = { steps: 12, batch: 32, learningRate: 0.02, averaging: { kind: "exponential" }, evaluateEvery: 5 };
const backends: readonly (readonly [string, Backend])[] = [
  ["cpu", cpu()],
  ["cpu without programs", cpu({ programs: false })],
  ["float64", float64()],
  ["wasm", wasm()],
];

describe.each(backends)("a RealNVP with BatchNorm on %s", (_name, backend) => {
  it("fits, resumes to the bit, scores whatever the chunk, lives in a file and leaves nothing behind", async () => {
    const handle = await useBackend(backend);
    const before = memory().numTensors;
    const build = () => realNvp({ features: 2, layers: 3, hidden: [8], norm: "batchNorm" });
    const [model, again] = [build(), build()];
    const files: Uint8Array[] = [];
    const history = await fit(model, rows, { ...options, checkpoint: { every: 7, write: async (bytes) => void files.push(bytes) } });
    expect(history.validationNll.at(-1)).toBeLessThan(history.validationNll[0]!);
    await fit(again, rows, { ...options, resume: files[0] });
    const bytes = await save(model);
    expect(await save(again)).toEqual(bytes);
    const all = await score(model, rows);
    expect(all.constructor).toBe(handle.precision === "float64" ? Float64Array : Float32Array);
    for (const chunk of [1, 50]) expect(await score(model, rows, { chunk })).toEqual(all);
    expect((await draw(model, 30, { seed: 2, chunk: 7 })).data).toEqual((await draw(model, 30, { seed: 2 })).data);
    const dtypes = new Set([...decodeSafetensors(bytes).tensors.values()].map(({ dtype }) => dtype));
    expect(dtypes).toEqual(new Set([handle.precision === "float64" ? "F64" : "F32"]));
    const { flow } = load(bytes, createRegistry([bijectors]));
    expect(await score(flow, rows)).toEqual(all);
    for (const made of [flow, model, again]) made.dispose();
    expect(memory().numTensors).toBe(before);
    handle.dispose();
  });
});
