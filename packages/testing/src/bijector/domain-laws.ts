import { normals } from "@flows/core/author";
import { broken, type Result } from "../close.js";
import type { Law } from "../law.js";
import { type Batch, everywhere, type Interval, widthOf, withRows } from "../plain/batch.js";
import { evaluate } from "../plain/evaluate.js";
import { batchFor, lawFor } from "../subject.js";
import type { BijectorSubject } from "./subject.js";

const scale = 1e3;
/** A hair's breadth inside, so that it stays inside in float32. */
const inset = ([lo, hi]: Interval): Interval => {
  const [low, high] = [Math.max(lo, -scale), Math.min(hi, scale)];
  const hair = 1e-6 * Math.max(Math.abs(low), Math.abs(high), high - low);
  return [low > -scale ? low + hair : low, high < scale ? high - hair : high];
};

/** Rows at the ends of the domain, mixed ones, zeros where they are inside, and rows at scale 1e3. */
function extremes(batch: Batch, domain: Interval): Batch {
  const [lo, hi] = inset(domain);
  const [n, width] = [batch.shape[0], widthOf(batch)];
  const noise = normals(6, 0, n, width);
  const middle = Math.min(hi, Math.max(lo, 0));
  const at = (row: number, i: number): number => {
    if (row < 3) return [lo, hi, middle][row]!;
    if (row < 8) return noise[i]! < 0 ? lo : hi;
    return Math.min(hi, Math.max(lo, scale * noise[i]!));
  };
  return withRows(
    batch,
    Float64Array.from({ length: n * width }, (_, i) => Math.fround(at(Math.floor(i / width), i))),
  );
}

/** At the domain's edges and far out a value is finite, and a log-det finite or -Infinity. */
export const domainLaws = (subject: BijectorSubject): Law[] => [
  lawFor(subject, "finite at the domain's edges and at scale 1e3", async (b) => {
    for (const way of subject.ways) {
      const batch = extremes(batchFor(subject, b, way, 16), way.domain ?? everywhere);
      finite(way.name, batch, await evaluate(b, way, batch));
    }
  }),
];

function finite(name: string, batch: Batch, { value, logDet }: Result): void {
  const n = batch.shape[0];
  for (let i = 0; i < n; i++) {
    const [from, to] = [i * (value!.length / n), (i + 1) * (value!.length / n)];
    const row = Array.from(value!).slice(from, to);
    const legal = row.every(Number.isFinite) && (Number.isFinite(logDet![i]) || logDet![i] === Number.NEGATIVE_INFINITY);
    if (!legal) broken(`${name} of [${batch.rows.slice(from, to)}] is [${row}], log-det ${logDet![i]}`);
  }
}
