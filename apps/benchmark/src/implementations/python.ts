import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { peersFolder } from "../folders.js";
import type { Entry } from "./entry.js";

/** The peers' names are those of their files: implementations/jax_scan.py is "jax scan". */
const files = (): string[] =>
  readdirSync(join(peersFolder, "implementations"))
    .filter((file) => file.endsWith(".py"))
    .map((file) => file.slice(0, -".py".length))
    .sort();

/** What libraries of linear algebra read before they start their threads. */
const threadVariables = ["OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"];

/** Why there are no Python peers; undefined where their interpreter runs. */
export function noPython(interpreter: string | undefined): string | undefined {
  const how = "Run node apps/benchmark/peers/setup.mjs FOLDER.";
  if (interpreter === undefined) return `Python peers: FLOWS_PEERS_PYTHON names no interpreter. ${how}`;
  const { error, status } = spawnSync(interpreter, ["--version"]);
  return status === 0 ? undefined : `Python peers: ${interpreter} does not run${error ? ` (${error.message})` : ""}. ${how}`;
}

/** Every peer at every thread count; a peer says itself which tasks it fits. */
export const pythonEntries = (interpreter: string, threads: readonly number[]): Entry[] =>
  files().flatMap((file) =>
    threads.map((count) => ({
      name: file.replaceAll("_", " "),
      threads: count,
      ours: false,
      program: interpreter,
      args: [join(peersFolder, "serve.py"), file, `${count}`],
      env: Object.fromEntries(threadVariables.map((name) => [name, `${count}`])),
    })),
  );
