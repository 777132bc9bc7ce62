import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pack } from "../pack.mjs";
import { node, root, run, timed } from "../steps.mjs";
import { writeSteps } from "./contributing-steps.mjs";
import { installSizes, tarballsOf } from "./install-sizes.mjs";

/**
 * Uses the packages as a stranger does: packs what was built, installs the tarballs with npm in a folder outside the workspace, and there trains from
 * `.mjs`, `.cjs` and TypeScript, builds, tests and uses a third party's package, follows CONTRIBUTING's steps in another, and measures bundles and installs.
 */
const ours = ["core", "programs", "bijectors", "backend-wasm", "backend-cpu", "testing"];
const others = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-cpu", "assemblyscript", "esbuild"];
const catalog = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
const pinned = (name) => `${name}@${catalog.match(new RegExp(`^  "?${name}"?: (\\d.+)$`, "m"))[1]}`;

const here = dirname(fileURLToPath(import.meta.url));
const project = mkdtempSync(join(tmpdir(), "flows-consumer-"));
const acme = join(project, "acme-flows");
const npm = (args, folder = project) => run("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {}, folder);
const typescript = join(root, "node_modules", "typescript", "bin", "tsc");
const tsc = (folder) => node(typescript, ["-p", folder], {}, project);
const program = (name) => timed(name, () => node(name, [], {}, project));

function prepare() {
  cpSync(join(here, "template"), project, { recursive: true });
  cpSync(join(here, "acme-flows"), acme, { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "consumer", version: "1.0.0", private: true, type: "module" }));
  return npm(["install", ...tarballsOf(ours), ...others.map(pinned)]);
}

async function installAcme() {
  return (
    (await node("build.mjs", [], {}, acme)) ||
    (await tsc(acme)) ||
    (await npm(["pack", "--pack-destination", project], acme)) ||
    (await npm(["install", "./acme-flows-1.0.0.tgz"]))
  );
}

/** Does what CONTRIBUTING tells the author of a bijector, in a package of its own, and holds it to every law. */
async function followSteps() {
  const folder = join(project, "steps");
  const files = writeSteps(folder);
  const test = "src/affine.test.ts";
  if (!files.includes(test)) throw new Error(`CONTRIBUTING's steps write ${files}, and no ${test}.`);
  const strict = ["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext"];
  const sources = files.filter((name) => name !== test);
  return (
    (await node(typescript, [...strict, ...sources], {}, folder)) ||
    (await run("npx", ["esbuild", ...files, "--outdir=src", "--format=esm", "--log-level=warning"], {}, folder)) ||
    (await node("--test", [test.replace(/ts$/, "js")], {}, folder))
  );
}

const programs = ["module.mjs", "common.cjs", "typed.js", "third-party.mjs", "third-party-kernel.mjs", "sizes.mjs"];
const steps = [
  ["Packing", () => pack()],
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
  worst = Math.max(worst, await timed("CONTRIBUTING's steps to a bijector, followed to the letter", followSteps));
  for (const name of programs) worst = Math.max(worst, await program(name));
  return Math.max(worst, await timed("The sizes of installs", installSizes));
}

try {
  process.exitCode = await check();
} finally {
  if (process.env.FLOWS_KEEP) console.log(`kept ${project}`);
  else rmSync(project, { recursive: true, force: true });
}
