/** A kernel as threads call it: the address of its struct, and which rows. */
export type Call = (at: number, from: number, to: number) => void;

/**
 * Jobs lie in memory as words: segments, rows, address of the first part's image, bytes from one image to the next; then for each
 * segment: rows (-1: the job's), rows of a chunk, who runs it (0 split among the parts, 1 the first part alone, 2 every part), how many
 * calls; and for each call: which function, the struct's place in the image, 1 where it counts rows from the chunk's start.
 *
 * Runs one part of the segment at word `at`.
 */
export function runPart(table: readonly Call[], heap: Int32Array, job: number, at: number, part: number, parts: number): void {
  const who = heap[at + 2]!;
  if (who === 1 && part > 0) return;
  const rows = heap[at]! < 0 ? heap[job + 1]! : heap[at]!;
  const chunk = heap[at + 1]!;
  const calls = at + 4 + 3 * heap[at + 3]!;
  const image = heap[job + 2]! + part * heap[job + 3]!;
  // Parts begin at multiples of eight rows.
  const cut = (before: number): number => Math.min(rows, 8 * Math.floor((Math.ceil(rows / 8) * before) / parts));
  const end = who === 0 ? cut(part + 1) : rows;
  for (let from = who === 0 ? cut(part) : 0; from < end; from += chunk) {
    const to = Math.min(end, from + chunk);
    for (let call = at + 4; call < calls; call += 3) {
      const local = heap[call + 2] === 1;
      table[heap[call]!]!(image + heap[call + 1]!, local ? 0 : from, local ? to - from : to);
    }
  }
}

/** The segment after the one at word `at`. */
export const nextSegment = (heap: Int32Array, at: number): number => at + 4 + 3 * heap[at + 3]!;

/** Runs a whole job on this thread, part by part: the same numbers as on many. */
export function runAlone(table: readonly Call[], heap: Int32Array, job: number, parts: number): void {
  let at = job + 4;
  for (let segment = 0; segment < heap[job]!; segment++) {
    for (let part = 0; part < parts; part++) runPart(table, heap, job, at, part, parts);
    at = nextSegment(heap, at);
  }
}
