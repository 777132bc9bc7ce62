import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Options } from "tsup";
import { notices } from "./package-faults.mjs";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/** A package of others that the build has taken in. */
interface Taken {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly texts: string;
}

function taken(folder: string): Taken {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Omit<Taken, "texts">;
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  if (!license || files.length === 0) throw new Error(`${name} is bundled, and comes without a licence text. Depend on it instead.`);
  return {
    name,
    version,
    license,
    texts: files
      .sort()
      .map((file) => readFileSync(join(folder, file), "utf8").trim())
      .join("\n\n"),
  };
}

/** What the packages are, and each text once, under the names of those who share it. */
function notice(packages: readonly Taken[]): string {
  const line = ({ name, version, license }: Taken) => `${name} ${version} (${license})`;
  const sharing = [...new Set(packages.map(({ texts }) => texts))].map((texts) => ({
    texts,
    by: packages.filter((one) => one.texts === texts),
  }));
  const parts = sharing.map(({ texts, by }) => `${"=".repeat(80)}\n${by.map(line).join("\n")}\n${"-".repeat(80)}\n\n${texts}\n`);
  return `The files in this folder contain code of these packages, unchanged, under the terms below.\n\n${parts.join("\n")}`;
}

/** Writes the notices of all that a build takes in, beside what it builds. What a package lists as a dependency is not taken in. */
export const thirdParty: Plugin = {
  name: "third-party",
  setup: ({ onEnd }) =>
    onEnd(async ({ metafile }) => {
      const inputs = Object.values(metafile?.outputs ?? {}).flatMap((output) => Object.keys(output.inputs));
      const folders = new Set(inputs.flatMap((path) => path.match(/.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
      if (folders.size === 0) return;
      await mkdir("dist", { recursive: true });
      await writeFile(notices, notice([...folders].sort().map(taken)));
    }),
};

/** @stdlib's packages log their steps through `debug` where somebody asks for it; a bundle does without, and without Node's modules behind it. */
export const withoutDebug: Plugin = {
  name: "without-debug",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^debug$/ }, () => ({ path: "debug", namespace: "silent" }));
    onLoad({ filter: /.*/, namespace: "silent" }, () => ({ contents: "module.exports = () => () => {};" }));
  },
};
