import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** What a web page downloads for `realNvp`, `fit`, `score`, `draw` and the wasm backend, minified. */
const tfjs = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-cpu"];
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

async function size(what, external) {
  const { outputFiles } = await build({
    entryPoints: ["bundled.mjs"],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    external: [...external, "node:*"],
    logLevel: "error",
  });
  const [{ contents }] = outputFiles;
  console.log(`  ${what}: ${kilobytes(contents.length)}, ${kilobytes(gzipSync(contents).length)} gzipped`);
}

await size("ours, with tfjs external", tfjs);
await size("ours and tfjs", []);
