import { markdown } from "../table.js";
import type { Found } from "./found.js";
import { ratiosTable, rowsTable } from "./rows-table.js";

const legend = [
  "Times are of one unit (a step, an iteration, all points, 16 products): least and median over blocks of calls, implementations in turn.",
  "GFLOP/s and ratios are at the minimum; of matMul: the fraction of the rate of products 256x64x64 (tfjs's matMul, 16 in a call) on one thread",
  "of the same wasm in the same race, times the threads. Result: what the work came to; implementations have the same data and initial weights.",
  "Where a goal would ask for more than 0.8 of that rate on two threads, the ratio at 0.8 of it is the goal; the ratio first asked for stands behind.",
].join("\n");

/** A run in words. */
export function told({ date, machine, quick, rows, ratios, measured, leftOut }: Found): string {
  const parts = [
    `${date}, ${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}`,
    ...(quick ? ["A quick run: its times are no result."] : []),
    ...(rows.length > 0 ? [markdown(rowsTable(rows)), legend] : []),
    ...(ratios.length > 0 ? [markdown(ratiosTable(ratios))] : []),
    ...measured.flatMap(({ title, table }) => [`### ${title}`, markdown(table)]),
    ...(leftOut.length > 0 ? [leftOut.map((line) => `left out  ${line}`).join("\n")] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}
