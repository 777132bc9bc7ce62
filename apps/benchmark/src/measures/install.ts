import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { folder, peersFolder } from "../folders.js";
import { short } from "../numbers.js";
import type { Measure } from "./measure.js";
import { printed } from "./run.js";

const ours = ["@flows/core", "@flows/bijectors", "@flows/backend-wasm"];
const theirs = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-cpu"];
const stacks = ["jax+flowjax", "torch+zuko", "torch+nflows"];

/** The folder of a package as one that needs it finds it. */
function folderOf(name: string, from: string): string {
  const places = createRequire(join(from, "package.json")).resolve.paths(name) ?? [];
  return realpathSync(places.map((place) => join(place, name)).find((path) => existsSync(path))!);
}

const bytesIn = (path: string): number =>
  readdirSync(path, { withFileTypes: true }).reduce((sum, entry) => {
    if (entry.isDirectory()) return entry.name === "node_modules" ? sum : sum + bytesIn(join(path, entry.name));
    return sum + statSync(join(path, entry.name)).size;
  }, 0);

/** Packages and all that they depend on, by name. */
function closure(names: readonly string[], from: string, found = new Map<string, string>()): Map<string, string> {
  for (const name of names.filter((one) => !found.has(one))) {
    const path = folderOf(name, from);
    found.set(name, path);
    const { dependencies = {} } = JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as { dependencies?: Record<string, string> };
    closure(Object.keys(dependencies), path, found);
  }
  return found;
}

/** Bytes of one of our packages as it is published. */
async function published(name: string): Promise<number> {
  const [packed] = JSON.parse(await printed("npm", ["pack", "--dry-run", "--json", folderOf(name, folder)])) as [{ unpackedSize: number }];
  return packed.unpackedSize;
}

/** What has to be installed before a RealNVP can be fitted, unpacked. */
export const install: Measure = {
  name: "install",
  title: "Installed size with all dependencies, MB",
  run: async ({ python, say }) => {
    say("install: sizes");
    const own = (await Promise.all(ours.map(published))).reduce((sum, bytes) => sum + bytes, 0) / 1e6;
    const tfjs = [...closure(theirs, folder).values()].reduce((sum, path) => sum + bytesIn(path), 0) / 1e6;
    const peers: Record<string, number> = python ? JSON.parse(await printed(python, [join(peersFolder, "sizes.py"), ...stacks])) : {};
    const sizes = { "flows: core, bijectors, backend-wasm": own, "the same with tfjs-core and tfjs-backend-cpu": own + tfjs, ...peers };
    const rows = Object.entries(sizes).map(([name, mb]) => [name, short(mb)]);
    return { title: install.title, table: { heads: ["packages", "MB"], right: ["MB"], rows } };
  },
};
