import { orDash, short } from "../numbers.js";
import type { Table } from "../table.js";
import type { Ratio } from "./ratios.js";
import type { Row } from "./row.js";

const noteOf = ({ quiet, agrees }: Row): string =>
  [...(quiet ? [] : ["machine not idle"]), ...(agrees === false ? ["OTHER RESULT"] : [])].join(", ");

/** All rows, in the order they ran. */
export const rowsTable = (rows: readonly Row[]): Table => ({
  heads: ["workload", "implementation", "threads", "min ms", "median ms", "MFLOP", "GFLOP/s", "of matMul", "peak MB", "result", "note"],
  right: ["threads", "min ms", "median ms", "MFLOP", "GFLOP/s", "of matMul", "peak MB", "result"],
  rows: rows.map((row) => [
    row.workload,
    row.implementation,
    `${row.threads}`,
    short(row.minMs),
    short(row.medianMs),
    short(row.flops / 1e6),
    short(row.gflops),
    orDash(row.machineFraction, (value) => value.toFixed(2)),
    short(row.peakMb),
    orDash(row.value, (value) => value.toFixed(4)),
    noteOf(row),
  ]),
});

const verdict = ({ reached }: Ratio): string => (reached === null ? "" : reached ? "yes" : "NO");

export const ratiosTable = (ratios: readonly Ratio[]): Table => ({
  heads: ["workload", "ours", "against", "ratio", "goal", "reached"],
  right: ["ratio"],
  rows: ratios.map((ratio) => [ratio.workload, ratio.ours, ratio.over, ratio.value.toFixed(3), ratio.goal, verdict(ratio)]),
});
