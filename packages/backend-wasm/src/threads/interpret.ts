/** A kernel as threads call it: the address of its struct, and which rows. */
export type KernelFunction = (at: number, from: number, to: number) => void;

/**
 * Command buffers lie in memory as words: segments, rows, address of the first part's image, bytes from one image to the next; then for
 * each segment: rows (-1: the buffer's), rows of a chunk, how many calls come first, how many calls there are; and for each call: which
 * function, the struct's place in the image, 1 where it counts rows from the chunk's start. What comes first is called by every part, for
 * all rows; the rest by each part for its own rows, a chunk at a time.
 *
 * Runs one part of the segment at word `at`.
 */
export function runPart(
  table: readonly KernelFunction[],
  heap: Int32Array,
  commands: number,
  at: number,
  part: number,
  parts: number,
): void {
  const rows = heap[at]! < 0 ? heap[commands + 1]! : heap[at]!;
  const chunk = heap[at + 1]!;
  const first = at + 4;
  const own = first + 3 * heap[at + 2]!;
  const end = first + 3 * heap[at + 3]!;
  const image = heap[commands + 2]! + part * heap[commands + 3]!;
  for (let call = first; call < own; call += 3) table[heap[call]!]!(image + heap[call + 1]!, 0, rows);
  // Parts begin at multiples of eight rows.
  const cut = (before: number): number => Math.min(rows, 8 * Math.floor((Math.ceil(rows / 8) * before) / parts));
  const last = cut(part + 1);
  for (let from = cut(part); from < last; from += chunk) {
    const to = Math.min(last, from + chunk);
    for (let call = own; call < end; call += 3) {
      const local = heap[call + 2] === 1;
      table[heap[call]!]!(image + heap[call + 1]!, local ? 0 : from, local ? to - from : to);
    }
  }
}

/** The segment after the one at word `at`. */
export const nextSegment = (heap: Int32Array, at: number): number => at + 4 + 3 * heap[at + 3]!;

/** Runs a whole command buffer on this thread, part by part: the same numbers as on many. */
export function runAlone(table: readonly KernelFunction[], heap: Int32Array, commands: number, parts: number): void {
  let at = commands + 4;
  for (let segment = 0; segment < heap[commands]!; segment++) {
    for (let part = 0; part < parts; part++) runPart(table, heap, commands, at, part, parts);
    at = nextSegment(heap, at);
  }
}
