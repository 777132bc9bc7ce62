import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { type Backend, useBackend } from "@flows/core";
import { writeAtomic } from "@flows/core/node";
import { type Notebook, openNotebook } from "./notebook.js";
import type { Progress } from "./progress.js";
import type { Row } from "./record.js";

/** A document's experiment. */
export interface Experiment {
  /** "001-ring" */
  readonly name: string;
  readonly title: string;
  readonly backend: () => Backend;
  /** False where nothing is trained: then a quick run is a full one. */
  readonly training: boolean;
  run(notebook: Notebook): Promise<void>;
}

/** What is written to NAME.json. */
export interface Outcome {
  readonly experiment: string;
  readonly title: string;
  readonly quick: boolean;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  readonly figures: readonly string[];
  /** Lines of the acceptance list that this run was to show and did not. */
  readonly missed: readonly string[];
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly node: string;
    readonly platform: string;
    readonly backend: string;
  };
  readonly seconds: number;
}

export interface RunOptions {
  readonly quick: boolean;
  /** Where NAME.json and NAME/ go. */
  readonly folder: string;
  readonly progress: Progress;
}

/** Runs an experiment on its backend and writes what it found. */
export async function runExperiment(experiment: Experiment, { quick, folder, progress }: RunOptions): Promise<Outcome> {
  const { name, title, training, run } = experiment;
  const began = performance.now();
  const backend = await useBackend(experiment.backend());
  const notebook = openNotebook({ folder: join(folder, name), quick: quick && training, progress });
  try {
    await run(notebook);
  } finally {
    backend.dispose();
  }
  const { rows, notes, missed } = notebook;
  const figures = notebook.figures.map((path) => path.slice(folder.length + 1));
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const outcome = { experiment: name, title, quick: notebook.quick, rows, notes, figures, missed, machine: machine(backend.name), seconds };
  await writeAtomic(join(folder, `${name}.json`), `${JSON.stringify(outcome, undefined, 1)}\n`);
  return outcome;
}

const machine = (backend: string): Outcome["machine"] => ({
  cpu: cpus()[0]?.model ?? "unknown",
  cores: availableParallelism(),
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
  backend,
});
