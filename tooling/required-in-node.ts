import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Options } from "tsup";

/** The package that is built. */
const require = createRequire(join(process.cwd(), "package.json"));

/** What it imports by a name of its own, `#name`, because Node shall require it: see decisions/tfjs-required-in-node.md. */
const { imports = {} } = require("./package.json") as { imports?: Record<string, { default: string }> };
const modules = Object.entries(imports).map(([own, { default: name }]) => ({ own, name }));

const renamed = (code: string): string =>
  modules.reduce((text, { own, name }) => text.replace(new RegExp(`(from |import\\()"${name}"`, "g"), `$1"${own}"`), code);

/** All names of a module for Node, which does not search its text for them then. */
function required(name: string): string {
  const names = Object.keys(require(name) as object).join(", ");
  return `import { createRequire } from "node:module";\nexport const { ${names} } = createRequire(import.meta.url)("${name}");\n`;
}

/** Gives the modules their own names in the build, and writes what these mean in Node beside it. */
export const requiredInNode: NonNullable<Options["plugins"]>[number] = {
  name: "required-in-node",
  renderChunk: (code) => ({ code: renamed(code) }),
  buildEnd: async () => {
    for (const { own, name } of modules) await writeFile(join("dist", `${own.slice(1)}.node.js`), required(name));
  },
};
