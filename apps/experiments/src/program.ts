import { parseArgs } from "node:util";
import { isFlowsError } from "@flows/core";
import { experiments } from "./experiments.js";
import { type Experiment, type Outcome, runExperiment } from "./lab/experiment.js";
import { outFolder } from "./lab/out-folder.js";
import { progressLines } from "./lab/progress.js";
import { table } from "./lab/table.js";

/** Where the program writes. */
export interface Streams {
  readonly result: (text: string) => void;
  readonly error: (text: string) => void;
  /** Progress rewrites one line. */
  readonly terminal: boolean;
}

class UsageError extends Error {}

const processStreams = (): Streams => ({
  result: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  terminal: process.stderr.isTTY === true,
});

/** `experiment NAME [--quick]`: arguments in, exit code out. 0 shown, 1 a line was not shown or our error, 2 usage, 70 a bug. */
export async function program(argv: readonly string[], streams: Streams = processStreams(), folder = outFolder()): Promise<number> {
  try {
    const asked = parse(argv);
    if (!asked.experiment) {
      streams.result(help());
      return 0;
    }
    const progress = progressLines({ write: streams.error, terminal: streams.terminal });
    const outcome = await runExperiment(asked.experiment, { quick: asked.quick, folder, progress });
    streams.result(told(outcome));
    return outcome.missed.length === 0 ? 0 : 1;
  } catch (error) {
    const known = error instanceof UsageError || isFlowsError(error);
    streams.error(`${known ? (error as Error).message : error instanceof Error ? error.stack : String(error)}\n`);
    return error instanceof UsageError ? 2 : known ? 1 : 70;
  }
}

function parse(argv: readonly string[]): { experiment: Experiment | undefined; quick: boolean } {
  const { positionals, values } = options(argv);
  const [name, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`experiment: expected one name, got ${positionals.join(" ")}. Run them one after the other.`);
  const experiment = experiments.find((one) => one.name === name);
  const wanted = name !== undefined && !values.help;
  if (wanted && !experiment)
    throw new UsageError(`experiment: there is no "${name}". Known: ${experiments.map((one) => one.name).join(", ")}.`);
  return { experiment: wanted ? experiment : undefined, quick: values.quick === true };
}

function options(argv: readonly string[]) {
  try {
    const known = { quick: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
    return parseArgs({ args: [...argv], options: known, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`experiment: ${(error as Error).message.split(". To specify")[0]}. Options: --quick, --help.`);
  }
}

function help(): string {
  const width = Math.max(...experiments.map(({ name }) => name.length));
  const lines = experiments.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`);
  const quick = "  --quick  one seed and fewer steps: numbers are printed, and do not count";
  return `pnpm experiment NAME [--quick]\n\n${lines.join("\n")}\n\n${quick}\n`;
}

/** The table, the notes, and where the figures are. */
function told({ experiment, title, quick, rows, notes, figures, missed, machine, seconds }: Outcome): string {
  const mode = quick ? "\nA quick run: one seed, fewer steps. Its numbers are no result and are not accepted." : "";
  const parts = [
    `${experiment}: ${title}${mode}`,
    table(rows),
    notes.join("\n"),
    figures.map((path) => `figure  out/experiments/${path}`).join("\n"),
    missed.map((line) => `not shown  ${line}`).join("\n"),
    `${seconds} s on ${machine.backend}, out/experiments/${experiment}.json`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
