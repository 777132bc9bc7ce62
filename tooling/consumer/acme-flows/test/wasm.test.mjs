import { test } from "node:test";
import { wasm } from "@flows/backend-wasm";
import { useBackend } from "@flows/core";
import { bijectorLaws } from "@flows/testing";
import { acme, center, sinhArcsinh } from "acme-flows";

await useBackend(wasm({ plugins: [acme], threads: 2 }));

for (const make of [() => sinhArcsinh({ features: 3 }), () => center({ units: [0.5, 2, 3] })])
  for (const law of bijectorLaws(make, { event: [3], plugins: [acme] })) test(law.name, law.check);
