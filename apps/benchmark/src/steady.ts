import { wasm } from "@flows/backend-wasm";
import { realNvp } from "@flows/bijectors";
import { fit, normals, score, useBackend } from "@flows/core";
import { memory } from "@tensorflow/tfjs-core";

/** `steady steps N` trains N steps, `steady rows N` scores N rows in one call; prints as JSON how much memory was held on the way. */
const [what, count] = [process.argv[2], Number(process.argv[3])];
const backend = await useBackend(wasm());
const flow = realNvp({ features: 2, layers: 6 });
const megabytes = (): number => process.memoryUsage().rss / 1e6;
const samples: { readonly mb: number; readonly tensors: number }[] = [];
const sample = (): void => void samples.push({ mb: megabytes(), tensors: memory().numTensors });
const rowsOf = (n: number) => ({ data: normals(1, 0, n, 2), shape: [n, 2] as const });

if (what === "steps") await fit(flow, rowsOf(4096), { steps: count, logEvery: count / 10, validation: 0, onStep: sample });
else {
  const rows = rowsOf(count);
  const clock = setInterval(sample, 20);
  await score(flow, rows);
  clearInterval(clock);
  sample();
}
console.log(JSON.stringify(samples));
flow.dispose();
backend.dispose();
