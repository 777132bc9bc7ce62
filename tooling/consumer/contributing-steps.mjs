import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../steps.mjs";

/** A block of CONTRIBUTING's steps that begins with the name of its file, indented as an item of a list is. */
const block = /^ {3}```ts\n {3}\/\/ (src\/\S+)\n(.*?)^ {3}```$/gms;

/** Writes the files that "Adding a bijector" tells to write into a folder outside the workspace. Gives their names. */
export function writeSteps(folder) {
  const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const [section] = text.slice(text.indexOf("## Adding a bijector")).split("\n## Errors");
  const files = [...section.matchAll(block)].map(([, name, code]) => [name, code.replace(/^ {3}/gm, "")]);
  for (const [name, code] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), code);
  }
  return files.map(([name]) => name);
}
