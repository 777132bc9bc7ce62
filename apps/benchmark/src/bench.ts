import { label } from "./implementations/entry.js";
import { noPython } from "./implementations/python.js";
import { machine } from "./machine/about.js";
import { coresInUse, quiet } from "./machine/idle.js";
import { measures } from "./measures/index.js";
import type { Measured } from "./measures/measure.js";
import { short } from "./numbers.js";
import type { Options } from "./options.js";
import type { LeftOut } from "./race/lane.js";
import { type Field, lanesOf } from "./race/lanes.js";
import { type RaceOptions, race } from "./race/race.js";
import { type Teller, teller } from "./race/told.js";
import type { Found } from "./report/found.js";
import { type Ratio, ratiosOf } from "./report/ratios.js";
import { type Row, rowsOf } from "./report/row.js";
import type { Task, Workload } from "./workload.js";
import { workloads } from "./workloads/index.js";

/** What a run needs from outside. */
export interface Surroundings {
  readonly python: string | undefined;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

const full = { rounds: 40, blockMs: 100, budgetMs: 20_000 };
const quickly = { rounds: 3, blockMs: 100, budgetMs: 2000 };

/** Races every task of the workloads that are wanted. */
export async function bench(options: Options, { python, say, signal }: Surroundings): Promise<Found> {
  const inUse = await coresInUse();
  if (inUse > quiet) say(`the machine is not idle: other programs use ${short(inUse)} cores`);
  const without = options.peers ? noPython(python) : undefined;
  const field = { ...options, python: without === undefined ? python : undefined };
  const leftOut = without === undefined ? [] : [without];
  const tells = teller();
  const limits: RaceOptions = { ...(options.quick ? quickly : full), say, signal };
  const found = { rows: [] as Row[], ratios: [] as Ratio[], leftOut, broken: [] as string[] };
  try {
    for (const [workload, task] of tasksOf(options.workloads)) {
      const one = await raced(workload, task, field, tells, limits, inUse <= quiet);
      for (const key of ["rows", "ratios", "leftOut", "broken"] as const) (found[key] as unknown[]).push(...one[key]);
    }
  } finally {
    tells.dispose();
  }
  const measured: Measured[] = [];
  for (const measure of measures.filter(({ name }) => options.workloads.includes(name))) {
    signal.throwIfAborted();
    measured.push(await measure.run({ quick: options.quick, python: options.peers ? field.python : undefined, say }));
  }
  const about = { date: new Date().toISOString(), machine: machine(), quick: options.quick, coresInUse: inUse };
  return { ...about, ...found, leftOut: [...new Set(found.leftOut)], measured };
}

const tasksOf = (names: readonly string[]): [Workload, Task][] =>
  workloads
    .filter(({ name }) => names.includes(name))
    .flatMap((workload) => workload.tasks.map((task): [Workload, Task] => [workload, task]));

/** Peers that fit another task are no news; a package is missing for all tasks alike. */
function leftOutLine({ entry, task, reason, because }: LeftOut): string[] {
  if (because === "refused") return [];
  return because === "missing" ? [`${entry.name}: ${reason}`] : [`${task.name}, ${label(entry)}: ${reason}`];
}

async function raced(workload: Workload, task: Task, field: Field, tells: Teller, limits: RaceOptions, idle: boolean) {
  const finished = await race(lanesOf(workload, task, field, tells), limits);
  const results = finished.flatMap((one) => ("times" in one ? [one] : []));
  const out = finished.flatMap((one) => ("reason" in one ? [one] : []));
  const rows = rowsOf(results, idle);
  return {
    rows,
    ratios: ratiosOf(task, rows),
    leftOut: out.flatMap(leftOutLine),
    broken: out.filter(({ entry }) => entry.ours).map(({ entry }) => label(entry)),
  };
}
