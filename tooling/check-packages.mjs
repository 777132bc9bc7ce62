import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pack, tarballs } from "./pack.mjs";
import { packageFaults } from "./package-faults.mjs";
import { node, root, run } from "./steps.mjs";

/** Packs every public package and lets publint, arethetypeswrong and our own rules judge what would be published. */
const tools = join(root, "node_modules");
const judges = [
  [join(tools, "publint", "src", "cli.js"), "--strict"],
  [join(tools, "@arethetypeswrong", "cli", "dist", "index.js"), "--profile", "esm-only", "--format", "ascii"],
];
const { repository } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

async function ownRules(name) {
  const folder = join(tarballs, name.replace(".tgz", ""));
  mkdirSync(folder);
  const code = await run("tar", ["-xzf", join(tarballs, name), "-C", folder]);
  const faults = code === 0 ? packageFaults(join(folder, "package"), repository) : [`${name} does not unpack.`];
  for (const fault of faults) console.error(fault);
  return Math.min(faults.length, 1);
}

let worst = await pack();
for (const name of worst === 0 ? readdirSync(tarballs) : []) {
  for (const [tool, ...options] of judges) worst = Math.max(worst, await node(tool, [...options, join(tarballs, name)]));
  worst = Math.max(worst, await ownRules(name));
}
process.exitCode = worst;
