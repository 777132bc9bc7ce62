import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { folder } from "../folders.js";
import type { Measure } from "./measure.js";

const page = (backend: string, functions: string): string =>
  `export { wasm } from '${backend}'; export { realNvp } from '@flows/bijectors'; export { ${functions} } from '@flows/core';`;
const imports = {
  "RealNVP on wasm for inference, to score and sample": page("@flows/backend-wasm/inference", "draw, score, useBackend"),
  "RealNVP on the backend that trains too, to score and sample": page("@flows/backend-wasm", "draw, score, useBackend"),
  "the same, to train too": page("@flows/backend-wasm", "draw, fit, score, useBackend"),
} as const;
const tfjs = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-cpu"];
/** Our packages' own names for them. */
const alias = { "#tfjs-core": tfjs[0]!, "#tfjs-backend-cpu": tfjs[1]! };

async function sizeOf(contents: string, external: readonly string[]): Promise<string> {
  const stdin = { contents, resolveDir: folder, loader: "js" } as const;
  const { outputFiles } = await build({
    stdin,
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    alias,
    external: [...external, "node:*"],
    logLevel: "error",
  });
  const { contents: bytes } = outputFiles[0]!;
  const kilobytes = (n: number): string => (n / 1000).toFixed(1);
  return `${kilobytes(bytes.length)} (${kilobytes(gzipSync(bytes, { level: 9 }).length)})`;
}

/** What a page downloads. */
export const size: Measure = {
  name: "size",
  title: "Bundle, minified, kB (gzipped; goal: below 40 gzipped without tfjs to score and sample)",
  run: async () => {
    const rows: string[][] = [];
    for (const [name, contents] of Object.entries(imports)) rows.push([name, await sizeOf(contents, tfjs), await sizeOf(contents, [])]);
    return { title: size.title, table: { heads: ["bundle", "without tfjs", "with tfjs"], right: ["without tfjs", "with tfjs"], rows } };
  },
};
