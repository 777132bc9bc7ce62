import { test } from "node:test";
import { wasm } from "@flows/backend-wasm";
import { useBackend } from "@flows/core";
import { bijectorLaws } from "@flows/testing";
import { acme, sinhArcsinh } from "acme-flows";

await useBackend(wasm({ plugins: [acme], threads: 2 }));

for (const law of bijectorLaws(() => sinhArcsinh({ features: 3 }), { event: [3], plugins: [acme] })) test(law.name, law.check);
