/** Who runs a segment: all parts on rows of their own, the first part, or every part. */
export const who = { split: 0, first: 1, every: 2 } as const;

/** Rows of the run, known only then. */
export const allRows = -1;

export interface Call {
  /** Its place in the table of functions. */
  readonly call: number;
  /** The struct's place in the image, in bytes. */
  readonly at: number;
  /** Rows count from the start of the chunk. */
  readonly local?: boolean;
}

export interface Segment {
  readonly rows: number;
  readonly chunk: number;
  readonly who: keyof typeof who;
  readonly calls: readonly Call[];
}

/** Words before the segments: how many, rows, the first image's address, bytes between images. */
export const HEAD = 4;

/** A job as `interpret` reads it; the head is filled in when it runs. */
export function jobWords(segments: readonly Segment[]): Int32Array {
  const filled = segments.filter(({ calls }) => calls.length > 0);
  const words = filled.flatMap(({ rows, chunk, who: whose, calls }) => [
    ...[rows, chunk, who[whose], calls.length],
    ...calls.flatMap(({ call, at, local }) => [call, at, local ? 1 : 0]),
  ]);
  return Int32Array.from([filled.length, 0, 0, 0, ...words]);
}
