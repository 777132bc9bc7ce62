import { aligned, conduct, interruptible, processStreams, type Streams } from "@flows/cli/program";
import { writeAtomic } from "@flows/core/node";
import { bench } from "./bench.js";
import { backends } from "./implementations/backends.js";
import { lock, lockFile } from "./lock.js";
import { measures } from "./measures/index.js";
import { type Options, parseOptions } from "./options.js";
import type { Found } from "./report/found.js";
import { writeResults } from "./report/results.js";
import { told } from "./report/text.js";
import { workloads } from "./workloads/index.js";

const all = [...workloads, ...measures];
const known = { workloads: all.map(({ name }) => name), backends: Object.keys(backends) };

/** `pnpm bench`: arguments in, exit code out. 0 done, 1 ours broke or an error of ours, 2 usage, 130 an interrupt, 70 a bug. */
export const program = (argv: readonly string[], streams: Streams = processStreams(), lockPath = lockFile): Promise<number> =>
  conduct("bench", streams, () =>
    interruptible(async (signal) => {
      const options = parseOptions(argv, known);
      if (!options.help) return await locked(options, streams, signal, lockPath);
      streams.out(help());
      return 0;
    }),
  );

async function locked(options: Options, { out, error }: Streams, signal: AbortSignal, lockPath: string): Promise<number> {
  const free = lock(lockPath);
  try {
    const say = (text: string): void => error(`${text}\n`);
    const found = await bench(options, { python: process.env.FLOWS_PEERS_PYTHON || undefined, say, signal });
    out(told(found));
    await written(found, options);
    return found.broken.length === 0 ? 0 : 1;
  } finally {
    free();
  }
}

async function written(found: Found, { json, results }: Options): Promise<void> {
  if (json !== undefined) await writeAtomic(json, `${JSON.stringify(found, undefined, 1)}\n`);
  if (results) await writeResults(found);
}

function help(): string {
  const lines = aligned(all.map(({ name, title }) => [name, title]));
  return `pnpm bench [--workloads NAMES] [--backends ${known.backends}] [--threads 1,2] [--peers] [--json FILE] [--quick] [--results]

Workloads, all of them unless some are named:
${lines.join("\n")}

  --backends  default wasm
  --threads   of the wasm backend and of Python peers; default 1
  --peers     also plain tfjs, and the Python peers of the interpreter that FLOWS_PEERS_PYTHON names
  --json      writes the rows to a file
  --quick     few and short blocks: shows that all runs, its times are no result
  --results   writes RESULTS.md
`;
}
