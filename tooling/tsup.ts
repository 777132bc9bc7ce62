import { defineConfig } from "tsup";

/** Every package builds alike: ESM, types, source maps. */
export const library = (entry: string[] | Record<string, string> = ["src/index.ts"], more: Parameters<typeof defineConfig>[0] = {}) =>
  defineConfig({
    entry,
    format: "esm",
    target: "es2022",
    sourcemap: true,
    clean: true,
    treeshake: true,
    dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
    ...more,
  });
