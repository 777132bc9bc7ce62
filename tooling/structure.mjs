import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { root } from "./steps.mjs";

/** Checks what no linter here does: short files, no relative import out of a package, and packages free of side effects. */
const longest = 300;
const left = new Set(["generated", "fixtures", "node_modules", "dist"]);

const folders = (parent) => readdirSync(join(root, parent), { withFileTypes: true }).filter((entry) => entry.isDirectory());
const sources = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return left.has(entry.name) ? [] : sources(join(folder, entry.name));
    return /\.(ts|mts|js|mjs)$/.test(entry.name) ? [join(folder, entry.name)] : [];
  });

function faultsOf(file, home) {
  const text = readFileSync(file, "utf8");
  const lines = text.trimEnd().split("\n").length;
  const away = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)]
    .map(([, path]) => path)
    .filter((path) => !resolve(dirname(file), path).startsWith(home + sep));
  return [
    ...(lines > longest ? [`has ${lines} lines, and ${longest} are allowed. Split it.`] : []),
    ...away.map((path) => `imports ${path} of another package. Import it by its name.`),
  ].map((fault) => `${relative(root, file)} ${fault}`);
}

const homes = ["packages", "apps"].flatMap((parent) => folders(parent).map(({ name }) => join(root, parent, name)));
const faults = homes.flatMap((home) => {
  const { name, private: hidden, sideEffects } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const files = sources(join(home, "src"));
  const impure = hidden || sideEffects === false ? [] : [`${name} must say "sideEffects": false.`];
  return [...impure, ...files.flatMap((file) => faultsOf(file, home))];
});

for (const fault of faults) console.error(fault);
console.log(`${homes.length} packages checked, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
