import { wasm } from "@flows/backend-wasm";
import { realNvp } from "@flows/bijectors";
import { fit, score, useBackend } from "@flows/core";
import { normals } from "@flows/core/author";
import { memory } from "@tensorflow/tfjs-core";

/** `steady steps N` trains five times N steps in one fit, `steady rows N` scores N rows five times; prints as JSON how much memory was held after each. */
const [what, count] = [process.argv[2], Number(process.argv[3])];
const parts = 5;
const backend = await useBackend(wasm());
const flow = realNvp({ features: 2, layers: 6 });
const samples: { readonly mb: number; readonly tensors: number }[] = [];
const sample = (): void => void samples.push({ mb: process.memoryUsage().rss / 1e6, tensors: memory().numTensors });
const rowsOf = (n: number) => ({ data: normals(1, 0, n, 2), shape: [n, 2] as const });

if (what === "steps") await fit(flow, rowsOf(4096), { steps: parts * count, logEvery: count, validation: 0, onStep: sample });
else {
  const rows = rowsOf(count);
  for (let part = 0; part < parts; part++) {
    await score(flow, rows);
    sample();
  }
}
console.log(JSON.stringify(samples));
flow.dispose();
backend.dispose();
