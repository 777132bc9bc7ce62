import { availableParallelism } from "node:os";
import { argumentsOf, misuse, partsOf } from "@flows/cli/program";

/** What a call asks for. */
export interface Options {
  /** Names of workloads and measures. */
  readonly workloads: readonly string[];
  readonly backends: readonly string[];
  readonly threads: readonly number[];
  readonly peers: boolean;
  readonly quick: boolean;
  /** Where the rows go as JSON. */
  readonly json: string | undefined;
  /** Whether RESULTS.md is written. */
  readonly results: boolean;
  readonly help: boolean;
}

/** What can be named. */
export interface Known {
  readonly workloads: readonly string[];
  readonly backends: readonly string[];
}

const flags = {
  workloads: { type: "string" },
  backends: { type: "string" },
  threads: { type: "string" },
  peers: { type: "boolean" },
  quick: { type: "boolean" },
  json: { type: "string" },
  results: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

const names = Object.keys(flags).map((name) => `--${name}`);

function namesOf(option: string, text: string | undefined, known: readonly string[]): readonly string[] {
  if (text === undefined) return known;
  const asked = [...new Set(partsOf(text))];
  const strange = asked.find((name) => !known.includes(name));
  if (asked.length === 0 || strange !== undefined)
    return misuse(`--${option} takes names with commas between them, of ${known.join(", ")}; got "${strange ?? text}".`);
  return asked;
}

function threadsOf(text: string, cores: number): readonly number[] {
  const counts = [...new Set(partsOf(text))].map(Number);
  const good = (count: number): boolean => Number.isInteger(count) && count >= 1 && count <= cores;
  if (counts.length > 0 && counts.every(good)) return counts;
  return misuse(`--threads takes whole numbers from 1 to ${cores}, the cores of this machine, with commas between them; got "${text}".`);
}

/** Reads a call. Throws UsageError. */
export function parseOptions(argv: readonly string[], known: Known, cores = availableParallelism()): Options {
  const {
    workloads,
    backends,
    threads,
    peers = false,
    quick = false,
    json,
    results = false,
    help = false,
  } = argumentsOf({ args: [...argv], options: flags }, `Options: ${names.join(", ")}.`).values;
  if (json === "") misuse("--json takes the path of a file.");
  if (results && quick) misuse("--results keeps full runs only. Leave --quick out.");
  return {
    workloads: namesOf("workloads", workloads, known.workloads),
    backends: namesOf("backends", backends ?? "wasm", known.backends),
    threads: threadsOf(threads ?? "1", cores),
    peers,
    quick,
    json,
    results,
    help,
  };
}
