import { wasm } from "@flows/backend-wasm";
import { affine, bijectors } from "@flows/bijectors";
import { chain, createRegistry, fit, flow, load, normal, save, score, useBackend } from "@flows/core";
import { acme, sinhArcsinh } from "acme-flows";
import { holds, ring } from "./ring.mjs";

const backend = await useBackend(wasm({ plugins: [acme] }));
const mixed = flow({ base: normal({ features: 2 }), bijector: chain([sinhArcsinh({ features: 2 }), affine({ features: 2 })]) });
const before = await score(mixed, ring);
await fit(mixed, ring, { seed: 1, epochs: 5, learningRate: 1e-2 });
const after = await score(mixed, ring);
holds("third party: sinh-arcsinh trains in a chain with ours", after.reduce((a, b) => a + b) > before.reduce((a, b) => a + b));

const file = await save(mixed);
const { flow: again } = load(file, createRegistry([bijectors, acme]));
const loaded = await score(again, ring);
holds(
  "third party: a registry with its plugin loads the file",
  after.every((value, i) => value === loaded[i]),
);

let text = "";
try {
  load(file, createRegistry([bijectors]));
} catch (error) {
  text = error.message;
}
holds("third party: without the plugin the error names what is missing", /acme\/sinh-arcsinh is not known.*createRegistry/.test(text));
mixed.dispose();
again.dispose();
backend.dispose();
