import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** What a web page downloads for `realNvp` and the wasm backend, minified: to score and draw, and to train too. */
const tfjs = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-cpu"];
/** Our packages' own names for them. */
const alias = { "#tfjs-core": tfjs[0], "#tfjs-backend-cpu": tfjs[1] };
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

async function size(entry, external) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    alias,
    external: [...external, "node:*"],
    logLevel: "error",
  });
  const [{ contents }] = outputFiles;
  return `${kilobytes(contents.length)}, ${kilobytes(gzipSync(contents, { level: 9 }).length)} gzipped`;
}

for (const [what, entry] of [
  ["RealNVP + wasm backend, score and draw", "scoring.mjs"],
  ["the same and fit", "training.mjs"],
]) {
  console.log(`  ${what}, without tfjs-core and tfjs-backend-cpu: ${await size(entry, tfjs)}`);
  console.log(`  ${what}, with them: ${await size(entry, [])}`);
}
