import { useBackend } from "@flows/core";
import { childProgram } from "../folders.js";
import type { Open, Task, Workload } from "../workload.js";
import { workloadOf } from "../workloads/index.js";
import { backends, threadsOf } from "./backends.js";
import type { Entry } from "./entry.js";

export interface Wanted {
  readonly backends: readonly string[];
  readonly threads: readonly number[];
}

export const nameOf = (backend: string, door: string): string => `flows ${backend} ${door}`;

const entry = (backend: string, door: string, threads: number): Entry => ({
  name: nameOf(backend, door),
  threads,
  ours: true,
  program: process.execPath,
  args: [childProgram, "flows", backend, door, `${threads}`],
});

/** Flows on every backend and thread count that is wanted, by each door that leads to the task. */
export const flowsEntries = ({ doors }: Workload, { kind }: Task, wanted: Wanted): Entry[] =>
  wanted.backends.flatMap((backend) =>
    Object.keys(doors)
      .filter((door) => doors[door]![kind])
      .flatMap((door) => threadsOf(backend, wanted.threads).map((threads) => entry(backend, door, threads))),
  );

/** Sets a task up in the process of an entry. */
export function flowsOpener([backend, door, threads]: readonly string[]): Open<unknown> {
  return async (told) => {
    await useBackend(backends[backend!]!(Number(threads)));
    return workloadOf(told.workload).doors[door!]![told.kind]!(told);
  };
}
