import { readFile } from "node:fs/promises";
import { defineConfig, type Options } from "tsup";
import { requiredInNode } from "./required-in-node.js";
import { thirdParty, withoutDebug } from "./third-party.js";

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

const code: Options = {
  sourcemap: true,
  clean: true,
  treeshake: true,
  esbuildPlugins: [pureCalls, withoutDebug, thirdParty],
  plugins: [requiredInNode],
};

/** Every package builds alike: ESM and source maps. Declarations are a task of their own, needed to publish, not to run or test. */
export const library = (entry: string[] | Record<string, string> = ["src/index.ts"], more: Options = {}) =>
  defineConfig({ entry, format: "esm", target: "es2022", ...code, ...more });
