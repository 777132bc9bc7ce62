import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { holds } from "./ring.mjs";

/** What a web page downloads for `realNvp` and the wasm backend, minified: to score and draw, and to train. */
const tfjs = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-cpu"];
/** Our packages' own names for them. */
const alias = { "#tfjs-core": tfjs[0], "#tfjs-backend-cpu": tfjs[1] };
/** Of a page that scores and draws, gzipped, without tfjs: what is wanted, and what it may not exceed until that is reached. */
const [goal, most] = [40_000, 43_500];
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

async function sizes(entry, external) {
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
  return { minified: contents.length, gzipped: gzipSync(contents, { level: 9 }).length };
}

const said = ({ minified, gzipped }) => `${kilobytes(minified)}, ${kilobytes(gzipped)} gzipped`;

for (const [what, entry] of [
  ["RealNVP + wasm backend for inference, score and draw", "scoring.mjs"],
  ["score, draw and fit", "training.mjs"],
]) {
  console.log(`  ${what}, without tfjs-core and tfjs-backend-cpu: ${said(await sizes(entry, tfjs))}`);
  console.log(`  ${what}, with them: ${said(await sizes(entry, []))}`);
}
const { gzipped } = await sizes("scoring.mjs", tfjs);
if (gzipped > goal) console.log(`  the goal of ${kilobytes(goal)} is missed by ${kilobytes(gzipped - goal)}`);
holds(`a page that scores and draws needs less than ${kilobytes(most)}`, gzipped < most);
