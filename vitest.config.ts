import { defineConfig } from "vitest/config";

const conditions = ["flows-source", "module", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "apps/*/src/**/*.test.ts", "tooling/**/*.test.ts"],
    testTimeout: 60_000,
    reporters: ["default", "./tooling/count-reporter.mjs"],
  },
});
