import { defineConfig, type Options } from "tsup";

/** The task `types` writes declarations and nothing else: they are needed to publish, not to run or test. */
const typesOnly = process.env.npm_lifecycle_event === "types";
const declarations: Options = { dts: { only: true, compilerOptions: { ignoreDeprecations: "6.0" } } };
const code: Options = { sourcemap: true, clean: true, treeshake: true };

/** Every package builds alike: ESM, source maps, declarations. */
export const library = (entry: string[] | Record<string, string> = ["src/index.ts"], more: Options = {}) =>
  defineConfig({ entry, format: "esm", target: "es2022", ...(typesOnly ? declarations : code), ...more });
