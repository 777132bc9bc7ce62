import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pack, tarballs } from "../pack.mjs";
import { node, root, run, timed } from "../steps.mjs";

/**
 * Uses the packages as a stranger does: packs what was built, installs the tarballs with npm in a folder outside the workspace, and there trains from
 * `.mjs`, `.cjs` and TypeScript, builds, tests and uses a third party's package, and measures bundles.
 */
const ours = ["core", "programs", "bijectors", "backend-wasm", "backend-cpu", "testing"];
const others = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-cpu", "assemblyscript", "esbuild"];
const catalog = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
const pinned = (name) => `${name}@${catalog.match(new RegExp(`^  "?${name}"?: (\\d.+)$`, "m"))[1]}`;

const here = dirname(fileURLToPath(import.meta.url));
const project = mkdtempSync(join(tmpdir(), "flows-consumer-"));
const acme = join(project, "acme-flows");
const npm = (args, folder = project) => run("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {}, folder);
const tsc = (folder) => node(join(root, "node_modules", "typescript", "bin", "tsc"), ["-p", folder], {}, project);
const program = (name) => timed(name, () => node(name, [], {}, project));

function prepare() {
  cpSync(join(here, "template"), project, { recursive: true });
  cpSync(join(here, "acme-flows"), acme, { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "consumer", version: "1.0.0", private: true, type: "module" }));
  const packed = readdirSync(tarballs).map((name) => join(tarballs, name));
  return npm(["install", ...packed, ...others.map(pinned)]);
}

async function installAcme() {
  return (
    (await node("build.mjs", [], {}, acme)) ||
    (await tsc(acme)) ||
    (await npm(["pack", "--pack-destination", project], acme)) ||
    (await npm(["install", "./acme-flows-1.0.0.tgz"]))
  );
}

const programs = ["module.mjs", "common.cjs", "typed.js", "third-party.mjs", "third-party-kernel.mjs", "sizes.mjs"];
const steps = [
  ["Packing", () => pack(ours)],
  ["Installing the tarballs elsewhere", prepare],
  ["Building and installing a third party's package", installAcme],
  ["Compiling with the published types", () => tsc(project)],
];

async function check() {
  for (const [title, work] of steps) {
    const code = await timed(title, work);
    if (code !== 0) return code;
  }
  const kit = ["laws.test.mjs", "wasm.test.mjs"].map((name) => `acme-flows/test/${name}`);
  let worst = await timed("The kit on the third party's bijector", () => node("--test", ["--test-reporter=spec", ...kit], {}, project));
  for (const name of programs) worst = Math.max(worst, await program(name));
  return worst;
}

try {
  process.exitCode = await check();
} finally {
  if (process.env.FLOWS_KEEP) console.log(`kept ${project}`);
  else rmSync(project, { recursive: true, force: true });
}
