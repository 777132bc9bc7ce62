import { test } from "node:test";
import { bijectorLaws } from "@flows/testing";
import { acme, sinhArcsinh } from "acme-flows";

for (const law of bijectorLaws(() => sinhArcsinh({ features: 3 }), { event: [3], plugins: [acme] })) test(law.name, law.check);
