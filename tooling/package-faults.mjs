import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The notices of what a package's build has taken in from others: a line `name version (licence)` each, then the texts. */
export const notices = join("dist", "THIRD-PARTY.txt");

const read = (folder, name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "");
const built = (folder, ending) =>
  readdirSync(join(folder, "dist"), { recursive: true })
    .map((name) => join("dist", name))
    .filter((name) => name.endsWith(ending));

/** Entries that a `require` reaches too, which Node refuses or follows as it can; anything else reads as "no such entry". */
function entryFaults({ exports = {} }) {
  const entries = Object.entries(exports).filter(([, target]) => typeof target === "object");
  const bare = entries.filter(([, target]) => Object.keys(target).at(-1) !== "default");
  return [
    ...(entries.length > 0 ? [] : ["exports no entry."]),
    ...bare.map(([name]) => `exports ${name} without "default" as its last condition, so that require does not find it.`),
  ];
}

/** Ranges that the next patch of a package of ours still satisfies, also before 1.0. */
const lasting = (range) => /^\^(?!0\.0\.)\d/.test(range);

function rangeFaults({ dependencies = {}, peerDependencies = {} }) {
  const ours = Object.entries(dependencies).filter(([name]) => name.startsWith("@flows/"));
  return [...ours, ...Object.entries(peerDependencies)]
    .filter(([, range]) => !lasting(range))
    .map(([name, range]) => `asks for ${name} ${range}, which its next patch does not satisfy. Write workspace:^ or a caret.`);
}

/** What a registry shows of a package, and where it says the package comes from. */
function fieldFaults({ name, description, license, keywords = [], repository, homepage, bugs, publishConfig }, url) {
  const directory = `packages/${name.replace("@flows/", "")}`;
  const rules = [
    [Boolean(description && license), "needs a description and a license."],
    [keywords.length > 0, "needs keywords."],
    [repository?.url === `git+${url}.git` && repository.directory === directory, `needs repository ${url}, directory ${directory}.`],
    [homepage === `${url}/tree/main/${directory}#readme`, `needs homepage ${url}/tree/main/${directory}#readme.`],
    [bugs?.url === `${url}/issues`, `needs bugs ${url}/issues.`],
    [publishConfig?.access === "public" && publishConfig.provenance === true, "needs publishConfig with access public and provenance."],
  ];
  return rules.flatMap(([kept, fault]) => (kept ? [] : [fault]));
}

/** Each declaration has a map to a source that is shipped, or is shipped as a source itself, and imports what is there. */
function declarationFaults(folder, name) {
  const [text, map] = [read(folder, name), read(folder, `${name}.map`)];
  const there = (path) => existsSync(resolve(folder, dirname(name), path));
  const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)\.js"/g)].map(([, path]) => `${path}.d.ts`);
  const byHand = existsSync(join(folder, name.replace(/^dist/, "src")));
  return [
    ...(map === "" && !byHand ? ["without its map"] : []),
    ...(map === "" ? [] : JSON.parse(map).sources)
      .filter((path) => !there(path))
      .map((path) => `whose map leads to ${path}, which is not shipped`),
    ...imports.filter((path) => !there(path)).map((path) => `that imports ${path}, which is not shipped`),
  ].map((fault) => `ships ${name} ${fault}.`);
}

/** Packages of others whose code the build holds, by the sources that its maps name. */
const takenIn = (folder) =>
  new Set(
    built(folder, ".js.map")
      .flatMap((name) => JSON.parse(read(folder, name)).sources)
      .flatMap((source) => source.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []),
  );

function noticeFaults(folder, { license }) {
  const told = new Map([...read(folder, notices).matchAll(/^(\S+) \d\S* \(([\w.+ -]+)\)$/gm)].map(([, name, terms]) => [name, terms]));
  const untold = [...takenIn(folder)].filter((name) => !told.has(name));
  const terms = new Set([...told.values()].flatMap((text) => text.split(" AND ")));
  return [
    ...untold.map((name) => `holds code of ${name}, which ${notices} does not name.`),
    ...[...terms]
      .filter((term) => !license.split(" AND ").includes(term))
      .map((term) => `holds code under ${term}, and its license does not say so.`),
  ];
}

/** What is wrong with a package as unpacked from its tarball; `url` is where the repository is. */
export function packageFaults(folder, url) {
  const manifest = JSON.parse(read(folder, "package.json"));
  const declarations = built(folder, ".d.ts");
  return [
    ...entryFaults(manifest),
    ...rangeFaults(manifest),
    ...fieldFaults(manifest, url),
    ...declarations.flatMap((name) => declarationFaults(folder, name)),
    ...noticeFaults(folder, manifest),
  ].map((fault) => `${manifest.name} ${fault}`);
}
