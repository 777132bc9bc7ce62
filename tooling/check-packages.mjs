import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pack, tarballs } from "./pack.mjs";
import { node, root } from "./steps.mjs";

/** Packs every public package and lets publint and arethetypeswrong judge what would be published. */
const tools = join(root, "node_modules");
const judges = [
  [join(tools, "publint", "src", "cli.js"), "--strict"],
  [join(tools, "@arethetypeswrong", "cli", "dist", "index.js"), "--profile", "esm-only", "--format", "ascii"],
];

let worst = await pack();
for (const name of worst === 0 ? readdirSync(tarballs) : [])
  for (const [tool, ...options] of judges) worst = Math.max(worst, await node(tool, [...options, join(tarballs, name)]));
process.exitCode = worst;
