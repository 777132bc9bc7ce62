import { nameOf } from "../implementations/flows.js";
import { quiet } from "../machine/idle.js";
import type { Result } from "../race/lane.js";
import { timesOf } from "../statistics.js";

/** A line of the table, and of the JSON. */
export interface Row {
  readonly workload: string;
  readonly implementation: string;
  readonly threads: number;
  /** Of a unit, over all blocks. */
  readonly minMs: number;
  readonly medianMs: number;
  readonly blocks: number;
  /** Of a unit. */
  readonly flops: number;
  /** At the minimum. */
  readonly gflops: number;
  /** Of the rate of matrix products in the same wasm and the same race, times the threads; null for others. */
  readonly machineFraction: number | null;
  readonly peakMb: number;
  /** What the work came to, and whether that is what ours came to; null where the task asks for nothing. */
  readonly value: number | null;
  readonly agrees: boolean | null;
  /** Cores that other programs used meanwhile; null where the system does not tell. */
  readonly otherCores: number | null;
  /** False where the machine was not idle. */
  readonly quiet: boolean;
}

/** The meter that runs along in every race: matrix products on one thread of the wasm backend. */
export const meterName = nameOf("wasm", "matMul");

const gflopsOf = ({ task, times }: Result): number => task.flops / timesOf(times).min / 1e6;
const isMeter = ({ entry }: Result): boolean => entry.name === meterName && entry.threads === 1;

/** What our own work came to: the first of ours is what the others are held against. */
const truthOf = (results: readonly Result[], task: Result["task"]): number | undefined =>
  results.find(({ entry, task: { name } }) => entry.ours && name === task.name)?.value;

/** The rows of a race; `idle` says whether the machine was so before it began. */
export function rowsOf(results: readonly Result[], idle: boolean): Row[] {
  const meter = results.find(isMeter);
  return results.map((result) => {
    const { entry, task, times, value, peakMb, otherCores } = result;
    const gflops = gflopsOf(result);
    const truth = truthOf(results, task);
    const compared = task.value && value !== undefined && truth !== undefined;
    return {
      workload: task.name,
      implementation: entry.name,
      threads: entry.threads,
      minMs: timesOf(times).min,
      medianMs: timesOf(times).median,
      blocks: times.length,
      flops: task.flops,
      gflops,
      machineFraction: meter && entry.name.startsWith("flows wasm") ? gflops / (gflopsOf(meter) * entry.threads) : null,
      peakMb,
      value: value ?? null,
      agrees: compared ? Math.abs(value - truth) <= task.value.tolerance : null,
      otherCores: otherCores ?? null,
      quiet: otherCores === undefined ? idle : otherCores <= quiet,
    };
  });
}
