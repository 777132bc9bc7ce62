import type { Entry } from "../implementations/entry.js";
import type { Task, Told } from "../workload.js";

/** An implementation and what it is to do. */
export interface Lane {
  readonly entry: Entry;
  readonly task: Task;
  readonly told: Told;
}

/** What a lane came to. */
export interface Result extends Pick<Lane, "entry" | "task"> {
  /** Milliseconds a unit, one for each block. */
  readonly times: readonly number[];
  readonly value: number | undefined;
  readonly peakMb: number;
  /** Cores that other programs used during its blocks; undefined where the system does not tell. */
  readonly otherCores: number | undefined;
}

/** A lane without a result, and why. */
export interface LeftOut extends Pick<Lane, "entry" | "task"> {
  readonly reason: string;
  /** The task is another's; a package is missing; or it broke. */
  readonly because: "refused" | "missing" | "broken";
}
