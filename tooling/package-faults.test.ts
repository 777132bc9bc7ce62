import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { packageFaults } from "./package-faults.mjs";

const url = "https://example.org/flows";
const manifest = {
  name: "@flows/maps",
  description: "Maps",
  license: "MIT AND Apache-2.0",
  keywords: ["maps"],
  homepage: `${url}/tree/main/packages/maps#readme`,
  bugs: { url: `${url}/issues` },
  repository: { url: `git+${url}.git`, directory: "packages/maps" },
  publishConfig: { access: "public", provenance: true },
  exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./package.json": "./package.json" },
  dependencies: { "@flows/core": "^0.1.0", papaparse: "5.7.1" },
  peerDependencies: { "@tensorflow/tfjs-core": "^4.22.0" },
};
const map = (...sources: string[]) => JSON.stringify({ sources });
const files = {
  "package.json": JSON.stringify(manifest),
  "src/index.ts": "",
  "src/by-hand.d.ts": "",
  "dist/by-hand.d.ts": "",
  "dist/index.d.ts": 'export * from "./by-hand.js";',
  "dist/index.d.ts.map": map("../src/index.ts"),
  "dist/index.js.map": map("../src/index.ts", "../../../node_modules/.pnpm/erfc@1.0.0/node_modules/@special/erfc/lib/main.js"),
  "dist/THIRD-PARTY.txt": "Code of\n\n@special/erfc 1.0.0 (Apache-2.0)\n",
};

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The faults of the sound package above after a change of its files. */
function faultsWith(change: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), "flows-package-"));
  folders.push(folder);
  for (const [name, text] of Object.entries({ ...files, ...change })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return packageFaults(folder, url);
}

const withFields = (change: object) => ({ "package.json": JSON.stringify({ ...manifest, ...change }) });

it("finds nothing in a sound package", () => expect(faultsWith({})).toEqual([]));

const faults: [string, Record<string, string>, RegExp][] = [
  ["an entry that require does not find", withFields({ exports: { ".": { import: "./dist/index.js" } } }), /exports \. without "default"/],
  ["no entry", withFields({ exports: {} }), /exports no entry/],
  ["a peer that no patch satisfies", withFields({ peerDependencies: { "@flows/core": "^0.0.0" } }), /asks for @flows\/core \^0\.0\.0/],
  ["one version of a package of ours", withFields({ dependencies: { "@flows/core": "0.1.0" } }), /asks for @flows\/core 0\.1\.0/],
  ["no keywords", withFields({ keywords: [] }), /needs keywords/],
  ["no description", withFields({ description: "" }), /needs a description/],
  [
    "another repository",
    withFields({ repository: { ...manifest.repository, directory: "maps" } }),
    /needs repository .*directory packages\/maps/,
  ],
  ["another homepage", withFields({ homepage: url }), /needs homepage/],
  ["nowhere for bugs", withFields({ bugs: undefined }), /needs bugs/],
  ["a release without provenance", withFields({ publishConfig: { access: "public" } }), /needs publishConfig/],
  ["a declaration without a map", { "dist/more.d.ts": "" }, /ships dist\/more\.d\.ts without its map/],
  ["a map to nothing", { "dist/index.d.ts.map": map("../src/gone.ts") }, /map leads to \.\.\/src\/gone\.ts/],
  ["a declaration that imports nothing", { "dist/index.d.ts": 'import type { A } from "./gone.js";' }, /imports \.\/gone\.d\.ts/],
  ["code without a notice", { "dist/THIRD-PARTY.txt": "" }, /holds code of @special\/erfc/],
  ["a licence that is not said", withFields({ license: "MIT" }), /holds code under Apache-2\.0/],
];
it.each(faults)("finds %s", (_name, change, fault) => {
  expect(faultsWith(change)).toEqual([expect.stringMatching(fault)]);
});
