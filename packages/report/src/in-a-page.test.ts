import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");

it("bundles for a page: no module of Node, and no process or Buffer in the report and tables", async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["packages/report/src/index.ts"],
    bundle: true,
    write: false,
    metafile: true,
    platform: "browser",
    format: "esm",
    conditions: ["flows-source"],
    external: ["@tensorflow/tfjs-core"],
    logLevel: "silent",
  });
  const bundled = Object.keys(metafile.inputs);
  for (const home of ["plot", "diagnostics", "core", "tables"])
    expect(bundled.some((path) => path.startsWith(`packages/${home}/`))).toBe(true);
  const ours = bundled.filter((path) => /^packages\/(report|tables)\//.test(path));
  for (const path of ours) expect(readFileSync(join(root, path), "utf8"), path).not.toMatch(/\bprocess\.|\bBuffer\b/);
});
