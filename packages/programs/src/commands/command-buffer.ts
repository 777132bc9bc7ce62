/** Rows of the run, known only then. */
export const allRows = -1;
/** All rows of a part at once. */
export const WHOLE = 2 ** 30;

export interface Command {
  /** Its place in the table of functions. */
  readonly call: number;
  /** The struct's place in the image, in bytes. */
  readonly at: number;
  /** Rows count from the start of the chunk. */
  readonly local?: boolean;
}

/** What all parts do before they meet again. */
export interface Segment {
  readonly rows: number;
  readonly chunk: number;
  /** Called by every part for all rows, before the others. */
  readonly first?: readonly Command[];
  /** Called by each part for its own rows. */
  readonly calls: readonly Command[];
}

/** A command buffer as `interpret` reads it; the head (segments, rows, the first image's address, bytes between images) is filled in when it runs. */
export function commandBuffer(segments: readonly Segment[]): Int32Array {
  const filled = segments.filter(({ first = [], calls }) => first.length + calls.length > 0);
  const words = filled.flatMap(({ rows, chunk, first = [], calls }) => [
    ...[rows, chunk, first.length, first.length + calls.length],
    ...[...first, ...calls].flatMap(({ call, at, local }) => [call, at, local ? 1 : 0]),
  ]);
  return Int32Array.from([filled.length, 0, 0, 0, ...words]);
}
