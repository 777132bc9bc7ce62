import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

/** Compiles assembly/ and writes the bytes into src/generated/ as text, so that the package looks up no file. */
const folder = dirname(fileURLToPath(import.meta.url));
const flags = [
  ...["assembly/warp.ts", "--baseDir", folder, "--outFile", "warp.wasm", "-O3", "--runtime", "stub", "--noAssert"],
  ...["--importMemory", "--sharedMemory", "--maximumMemory", "65536", "--enable", "threads"],
];

let bytes = new Uint8Array();
const writeBytes = (_name, contents) => {
  bytes = contents;
};
const { error, stderr } = await main(flags, { writeFile: writeBytes });
if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
const generated = join(folder, "src", "generated");
await mkdir(generated, { recursive: true });
await writeFile(join(generated, "warp.ts"), `export const warpWasm = "${Buffer.from(bytes).toString("base64")}";\n`);
console.log(`warp.wasm: ${bytes.length} bytes`);
