import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pnpm, root } from "./steps.mjs";

/** Where `pack` puts the public packages as they would be published. */
export const tarballs = join(root, "out", "tarballs");

/** Builds the public packages of those names, or all of them, with their declarations, and packs them. Gives the exit code. */
export async function pack(names = readdirSync(join(root, "packages"))) {
  rmSync(tarballs, { recursive: true, force: true });
  mkdirSync(tarballs, { recursive: true });
  const filters = names.map((name) => `--filter=@flows/${name}`);
  const built = await pnpm("exec", "turbo", "run", "types", "--output-logs=errors-only", ...filters);
  if (built !== 0) return built;
  for (const name of names) {
    const folder = join(root, "packages", name);
    if (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).private) continue;
    const code = await pnpm("--silent", "--dir", folder, "pack", "--pack-destination", tarballs);
    if (code !== 0) return code;
  }
  return 0;
}
