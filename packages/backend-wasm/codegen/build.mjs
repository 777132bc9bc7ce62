/** Compiles assembly/ and the workers' program into src/generated/, as text, so that nothing is looked up at run time. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";
import { build } from "esbuild";
import { interleaved } from "./interleave.mjs";
import { mapNames, mapSource } from "./maps.mjs";
import { pairNames, pairSource } from "./pairs.mjs";
import { rowSources } from "./rows.mjs";
import { tiles } from "./tiles.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..");
const written = {
  "assembly/tiles.ts": tiles(),
  "assembly/maps.ts": mapSource(),
  "assembly/pairs.ts": pairSource(),
  ...(await rowSources()),
};
/** What a build leaves out beside functions that nobody calls. */
const settings = (gradients) => ({ "assembly/build.ts": `export const GRADIENTS: bool = ${gradients};` });
const maximumPages = 65536;

const options = [
  ...["--outFile", "kernels.wasm", "-O3s", "--converge", "--runtime", "stub", "--noAssert"],
  ...["--importMemory", "--sharedMemory", "--maximumMemory", String(maximumPages), "--enable", "threads,simd,bulk-memory"],
];

async function compile(entry, sources, flags) {
  let bytes;
  const host = {
    readFile: async (name, base) => sources[relative(folder, join(base, name))] ?? readFile(join(base, name), "utf8").catch(() => null),
    writeFile: (name, contents) => {
      if (name.endsWith(".wasm")) bytes = contents;
    },
    listFiles: () => [],
  };
  const { error, stderr } = await main([entry, ...options, ...flags, "--baseDir", folder], host);
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return bytes;
}

const union = (names) => names.map((name) => JSON.stringify(name)).join(" | ");

/** Both builds of an entry, with gradients or without, as text; and what the file says beside. */
async function writeKernels(entry, name, gradients, more = "") {
  const sources = { ...written, ...settings(gradients) };
  const plain = await compile(entry, sources, []);
  const relaxed = await compile(entry, sources, ["--enable", "relaxed-simd"]);
  const kernels = await interleaved(Buffer.from(plain), Buffer.from(relaxed));
  const text = `/** Written by codegen/build.mjs from ${entry}. */\nexport const kernels = ${JSON.stringify(kernels.toString("base64"))};\n${more}`;
  await writeFile(join(folder, "src/generated", name), text);
  console.log(`${name}: ${plain.length} bytes plain, ${relaxed.length} bytes relaxed, ${kernels.length} deflated`);
}

await mkdir(join(folder, "src/generated"), { recursive: true });
const names = `export type MapName = ${union(mapNames)};\nexport type PairName = ${union(pairNames)};\n`;
await writeKernels("assembly/index.ts", "kernels.ts", true, names);
await writeKernels("assembly/inference.ts", "inference.ts", false);

const entry = join(folder, "src/threads/worker.ts");
const { outputFiles } = await build({
  entryPoints: [entry],
  bundle: true,
  minify: true,
  format: "cjs",
  platform: "node",
  target: "es2022",
  write: false,
});
await writeFile(
  join(folder, "src/generated/worker.ts"),
  `/** Written by codegen/build.mjs from src/threads/worker.ts. */\nexport const workerSource = ${JSON.stringify(outputFiles[0].text.trim())};\n`,
);
console.log(`worker.ts: ${outputFiles[0].text.length}`);
