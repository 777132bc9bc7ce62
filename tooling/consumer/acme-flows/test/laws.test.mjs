import { test } from "node:test";
import { cpu } from "@flows/backend-cpu";
import { useBackend } from "@flows/core";
import { bijectorLaws, loweringLaws, rowOpLaws } from "@flows/testing";
import { acme, center, sinhArcsinh } from "acme-flows";

await useBackend(cpu({ plugins: [acme] }));
const makers = [() => sinhArcsinh({ features: 3 }), () => center({ units: [0.5, 2, 3] })];

for (const law of rowOpLaws(acme.ops, acme.kernels)) test(law.name, law.check);
for (const make of makers) {
  for (const law of bijectorLaws(make, { event: [3], plugins: [acme] })) test(law.name, law.check);
  for (const law of loweringLaws(make, acme.kernels, { event: [3] })) test(law.name, law.check);
}
