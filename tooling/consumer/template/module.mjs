import { wasm } from "@flows/backend-wasm";
import { realNvp } from "@flows/bijectors";
import { draw, fit, score, useBackend } from "@flows/core";
import { holds, ring } from "./ring.mjs";

const backend = await useBackend(wasm());
const flow = realNvp({ features: 2, layers: 4, hidden: [16] });
const mean = async () => (await score(flow, ring)).reduce((sum, value) => sum + value, 0) / ring.length;

const before = await mean();
await fit(flow, ring, { seed: 1, epochs: 40, learningRate: 5e-3 });
holds(`.mjs: log-density rises from ${before.toFixed(3)} to ${(await mean()).toFixed(3)}`, (await mean()) > before + 1);

const { data, shape } = await draw(flow, 50, { seed: 2 });
holds(".mjs: 50 rows are drawn", shape[0] === 50 && data.length === 100 && data.every(Number.isFinite));
flow.dispose();
backend.dispose();
