import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomic } from "@flows/core/node";
import { folder } from "../folders.js";
import type { Found } from "./found.js";
import { told } from "./text.js";

const head = `# What Flows costs, beside others

Written by \`pnpm bench --results\`, a section for each Node version. How to run it: see the README of this folder.
`;

/** The page with this run's section in the place of an older one of the same Node version. */
export function withSection(page: string, title: string, text: string): string {
  const sections = page
    .split(/^## /m)
    .slice(1)
    .filter((section) => !section.startsWith(`${title}\n`));
  return [head, ...[...sections, `${title}\n\n${text}`].sort().map((section) => `## ${section.trimEnd()}\n`)].join("\n");
}

/** Writes the run into RESULTS.md. */
export async function writeResults(found: Found): Promise<void> {
  const path = join(folder, "RESULTS.md");
  const page = await readFile(path, "utf8").catch(() => "");
  const title = `Node ${found.machine.node.split(".")[0]!.slice(1)}`;
  await writeAtomic(path, withSection(page, title, told(found)));
}
