import { readFile } from "node:fs/promises";
import { defineConfig, type Options } from "tsup";
import { requiredInNode } from "./required-in-node.js";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/** Nothing happens on import: what a module makes by a call may be left out where nobody uses it, and bundlers are told so. */
const pureCalls: Plugin = {
  name: "pure-calls",
  setup: ({ onLoad }) => {
    const made = /^((?:export )?const [^=\n]+ = )((?:new )?[A-Za-z][\w.]*(?:<[^\n(]*>)?\()/gm;
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(made, "$1/* @__PURE__ */ $2"),
      loader: "ts",
    }));
  },
};

/** The task `types` writes declarations and nothing else: they are needed to publish, not to run or test. */
const typesOnly = process.env.npm_lifecycle_event === "types";
const declarations: Options = { dts: { only: true, compilerOptions: { ignoreDeprecations: "6.0" } } };
const code: Options = { sourcemap: true, clean: true, treeshake: true, esbuildPlugins: [pureCalls], plugins: [requiredInNode] };

/** Every package builds alike: ESM, source maps, declarations. */
export const library = (entry: string[] | Record<string, string> = ["src/index.ts"], more: Options = {}) =>
  defineConfig({ entry, format: "esm", target: "es2022", ...(typesOnly ? declarations : code), ...more });
