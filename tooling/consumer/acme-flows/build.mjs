import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

/** Compiles assembly/ and writes the bytes into src/generated/ as text, so that the package looks up no file. */
const folder = dirname(fileURLToPath(import.meta.url));
const options = [
  ...["--baseDir", folder, "--outFile", "kernel.wasm", "-O3", "--runtime", "stub", "--noAssert"],
  ...["--importMemory", "--sharedMemory", "--maximumMemory", "65536", "--enable", "threads"],
];

async function compiled(name) {
  let bytes = new Uint8Array();
  const writeBytes = (_name, contents) => {
    bytes = contents;
  };
  const { error, stderr } = await main([`assembly/${name}.ts`, ...options], { writeFile: writeBytes });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return bytes;
}

const generated = join(folder, "src", "generated");
await mkdir(generated, { recursive: true });
for (const name of ["center", "warp"]) {
  const bytes = await compiled(name);
  await writeFile(join(generated, `${name}.ts`), `export const ${name}Wasm = "${Buffer.from(bytes).toString("base64")}";\n`);
  console.log(`${name}.wasm: ${bytes.length} bytes`);
}
