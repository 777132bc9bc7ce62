import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pnpm, root } from "./steps.mjs";

/** Where `pack` puts the public packages as they would be published. */
export const tarballs = join(root, "out", "tarballs");

/** Packs the public packages of those names, or all of them; they must be built. Gives the exit code. */
export async function pack(names = readdirSync(join(root, "packages"))) {
  rmSync(tarballs, { recursive: true, force: true });
  mkdirSync(tarballs, { recursive: true });
  for (const name of names) {
    const folder = join(root, "packages", name);
    if (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).private) continue;
    if (!existsSync(join(folder, "dist"))) {
      console.error(`packages/${name} is not built. Run npm test or pnpm build first.`);
      return 1;
    }
    const code = await pnpm("--silent", "--dir", folder, "pack", "--pack-destination", tarballs);
    if (code !== 0) return code;
  }
  return 0;
}
