import { aligned, argumentsOf, conduct, misuse, processStreams, type Streams } from "@flows/cli/program";
import { experiments } from "./experiments.js";
import { type Experiment, type Outcome, runExperiment } from "./lab/experiment.js";
import { outFolder } from "./lab/out-folder.js";
import { progressLines } from "./lab/progress.js";
import { table } from "./lab/table.js";

/** `experiment NAME [--quick]`: arguments in, exit code out. 0 shown, 1 a line was not shown or our error, 2 usage, 70 a bug. */
export const program = (argv: readonly string[], streams: Streams = processStreams(), folder = outFolder()): Promise<number> =>
  conduct("experiment", streams, async () => {
    const asked = parse(argv);
    if (!asked.experiment) {
      streams.out(help());
      return 0;
    }
    const progress = progressLines({ write: streams.error, terminal: streams.screen !== undefined });
    const outcome = await runExperiment(asked.experiment, { quick: asked.quick, folder, progress });
    streams.out(told(outcome));
    return outcome.missed.length === 0 ? 0 : 1;
  });

const options = { quick: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

function parse(argv: readonly string[]): { experiment: Experiment | undefined; quick: boolean } {
  const config = { args: [...argv], options, allowPositionals: true };
  const { positionals, values } = argumentsOf(config, "Options: --quick, --help.");
  const [name, ...more] = positionals;
  if (more.length > 0) misuse(`expected one name, got ${positionals.join(" ")}. Run them one after the other.`);
  const experiment = experiments.find((one) => one.name === name);
  const wanted = name !== undefined && !values.help;
  if (wanted && !experiment) misuse(`there is no "${name}". Known: ${experiments.map((one) => one.name).join(", ")}.`);
  return { experiment: wanted ? experiment : undefined, quick: values.quick === true };
}

function help(): string {
  const lines = aligned(experiments.map(({ name, title }) => [name, title]));
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
