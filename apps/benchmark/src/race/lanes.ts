import type { Entry } from "../implementations/entry.js";
import { flowsEntries, type Wanted } from "../implementations/flows.js";
import { pythonEntries } from "../implementations/python.js";
import { tfjsEntries } from "../implementations/tfjs.js";
import type { Task, Workload } from "../workload.js";
import { w6 } from "../workloads/w6.js";
import type { Lane } from "./lane.js";
import type { Teller } from "./told.js";

/** Who takes part. */
export interface Field extends Wanted {
  readonly peers: boolean;
  /** The interpreter of the Python peers, where there is one. */
  readonly python: string | undefined;
}

const peersOf = (task: Task, { peers, python, threads }: Field): Entry[] =>
  peers ? [...tfjsEntries(task), ...(python === undefined ? [] : pythonEntries(python, threads))] : [];

/** The lanes of a task: the meter of the wasm backend, Flows, and the peers. */
export function lanesOf(workload: Workload, task: Task, field: Field, { tell }: Teller): Lane[] {
  const told = tell(workload, task);
  const entries = [...flowsEntries(workload, task, field), ...peersOf(task, field)];
  const meter = workload === w6 || !field.backends.includes("wasm") ? [] : meterLanes(tell);
  return [...meter, ...entries.map((entry) => ({ entry, task, told }))];
}

const meterLanes = (tell: Teller["tell"]): Lane[] =>
  w6.tasks.flatMap((task) => {
    const told = tell(w6, task);
    return flowsEntries(w6, task, { backends: ["wasm"], threads: [1] }).map((entry) => ({ entry, task, told }));
  });
