import { copyFile, readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Bundles tfjs's CPU backend with every Float32Array replaced by Float64Array. tfjs-core stays outside: the process has one engine.
 * What the backend takes from it goes through core.mjs, which makes float64 arrays and catches the registrations.
 */
const here = dirname(fileURLToPath(import.meta.url));
const generated = join(here, "../src/generated");
const require = createRequire(import.meta.url);

const cpu = dirname(require.resolve("@tensorflow/tfjs-backend-cpu"));

const ours = new Set(["TensorBuffer", "backend_util", "buffer", "registerBackend", "registerKernel", "util"]);
const theirs = [...(await importedNames())].filter((name) => !ours.has(name));

/** The names that the CPU backend's files import from tfjs-core. */
async function importedNames() {
  const files = (await readdir(cpu, { recursive: true })).filter((path) => path.endsWith(".js") && !path.includes("tf-backend-cpu"));
  const sources = await Promise.all(files.map((path) => readFile(join(cpu, path), "utf8")));
  const lists = sources.flatMap((source) => [...source.matchAll(/^import \{([^}]*)\} from '@tensorflow\/tfjs-core'/gm)]);
  return new Set(lists.flatMap(([, list]) => list.split(",").map((name) => name.trim().split(" as ")[0])));
}

const float64 = {
  name: "float64",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@tensorflow\/tfjs-core$/ }, ({ importer }) =>
      importer.startsWith(cpu)
        ? { path: "core", namespace: "float64" }
        : { path: "@tensorflow/tfjs-core", external: true, sideEffects: false },
    );
    onResolve({ filter: /^seedrandom$/ }, () => ({ path: "seedrandom", namespace: "float64", sideEffects: false }));
    onLoad({ filter: /^core$/, namespace: "float64" }, () => ({
      contents: `export { ${theirs.join(", ")} } from "@tensorflow/tfjs-core";\nexport { ${[...ours].join(", ")} } from "./core.mjs";`,
      resolveDir: here,
    }));
    // Multinomial is left out: nothing here draws random numbers.
    onLoad({ filter: /^seedrandom$/, namespace: "float64" }, () => ({ contents: "export const alea = undefined;" }));
    onLoad({ filter: /tfjs-(core|backend-cpu)\/dist\/.*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/\n\/\/# sourceMappingURL=.*/, "").replaceAll("Float32Array", "Float64Array"),
    }));
  },
};

await build({
  entryPoints: [join(here, "entry.mjs")],
  outfile: join(generated, "backend.js"),
  bundle: true,
  format: "esm",
  target: "es2022",
  platform: "neutral",
  legalComments: "none",
  logLevel: "warning",
  banner: {
    js: `/*! tfjs-backend-cpu and parts of tfjs-core 4.22.0, Copyright Google LLC, Apache License 2.0. Changed: float64 throughout; see NOTICE. */`,
  },
  plugins: [float64],
});
await copyFile(join(here, "backend.d.ts"), join(generated, "backend.d.ts"));
