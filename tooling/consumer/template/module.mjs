import { wasm } from "@flows/backend-wasm";
import { wasm as inference } from "@flows/backend-wasm/inference";
import { realNvp } from "@flows/bijectors";
import { draw, fit, moveTo, score, useBackend } from "@flows/core";
import { holds, ring } from "./ring.mjs";

await useBackend(wasm());
const flow = realNvp({ features: 2, layers: 4, hidden: [16] });
const mean = async () => (await score(flow, ring)).reduce((sum, value) => sum + value, 0) / ring.length;

const before = await mean();
await fit(flow, ring, { seed: 1, epochs: 40, learningRate: 5e-3 });
holds(`.mjs: log-density rises from ${before.toFixed(3)} to ${(await mean()).toFixed(3)}`, (await mean()) > before + 1);

const { data, shape } = await draw(flow, 50, { seed: 2 });
holds(".mjs: 50 rows are drawn", shape[0] === 50 && data.length === 100 && data.every(Number.isFinite));

const scores = await score(flow, ring);
await moveTo(flow, inference());
holds(
  ".mjs: the backend without gradients gives the same densities",
  (await score(flow, ring)).every((value, i) => value === scores[i]),
);
const refusal = await fit(flow, ring, { seed: 1, epochs: 1 }).catch(({ message }) => message);
holds(".mjs: and trains nothing", /this backend only scores and draws.*Import wasm from @flows\/backend-wasm to train/.test(refusal));
flow.dispose();
(await useBackend(inference())).dispose();
