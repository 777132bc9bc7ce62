import { lstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tarballs } from "../pack.mjs";
import { run } from "../steps.mjs";

/** The tarballs of packages by the names of their folders; of all, unless some are named. */
export const tarballsOf = (names) =>
  readdirSync(tarballs)
    .filter((file) => names === undefined || names.some((name) => new RegExp(`^flows-${name}-\\d`).test(file)))
    .map((file) => join(tarballs, file));

/** What may be installed for whom, in MB (10^6 bytes of files), with all that the packages depend on. */
const goals = [
  { what: "core, bijectors and backend-wasm", names: ["core", "programs", "bijectors", "backend-wasm"], most: 55 },
  { what: "all packages", names: undefined, most: 80 },
];

const bytesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => lstatSync(join(folder, name)))
    .reduce((sum, found) => sum + (found.isFile() ? found.size : 0), 0);

/** Installs packages into an empty folder and measures it. Gives the exit code. */
async function measured({ what, names, most }) {
  const folder = mkdtempSync(join(tmpdir(), "flows-size-"));
  try {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
    const code = await run("npm", ["install", ...tarballsOf(names), "--no-audit", "--no-fund", "--loglevel=error"], {}, folder);
    if (code !== 0) return code;
    const megabytes = bytesIn(join(folder, "node_modules")) / 1e6;
    console.log(`${what}: ${megabytes.toFixed(1)} MB installed, at most ${most}`);
    return megabytes <= most ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Fails where an install has grown beyond its goal. */
export async function installSizes() {
  let worst = 0;
  for (const goal of goals) worst = Math.max(worst, await measured(goal));
  return worst;
}
