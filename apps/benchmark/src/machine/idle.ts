import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { othersSeconds } from "./cpu-clock.js";

/** Cores that other programs may use before a time is marked. */
export const quiet = 0.1;
/** Where the system does not tell who used the CPU: the load average before the run that still passes as idle. */
const quietLoad = 0.5;

/** Cores that other programs keep busy, by a second's look; the load average stands in where the system does not tell more. */
export async function coresInUse(): Promise<number> {
  const before = othersSeconds([]);
  if (before === undefined) return (quiet / quietLoad) * loadavg()[0]!;
  const from = performance.now();
  await sleep(1000);
  return (othersSeconds([])! - before) / ((performance.now() - from) / 1000);
}

/** Adds up how much of the CPU others used while it was on. */
export interface Watch {
  start(pids: readonly number[]): void;
  stop(pids: readonly number[]): void;
  /** Cores; undefined where the system does not tell. */
  readonly otherCores: number | undefined;
}

export function watch(others = othersSeconds, now = (): number => performance.now()): Watch {
  let [used, seconds, began, from] = [0, 0, 0, 0];
  let known = true;
  return {
    start: (pids) => {
      began = others(pids) ?? Number.NaN;
      from = now();
    },
    stop: (pids) => {
      const passed = (others(pids) ?? Number.NaN) - began;
      known &&= !Number.isNaN(passed);
      used += passed;
      seconds += (now() - from) / 1000;
    },
    get otherCores() {
      return known && seconds > 0 ? Math.max(0, used / seconds) : undefined;
    },
  };
}
