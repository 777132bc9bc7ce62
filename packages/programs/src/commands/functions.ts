/** The functions that command buffers call, by their numbers in a table: `(struct, from, to)` each. */
export interface Functions {
  /** Row ops that have a kernel here. */
  readonly ops: ReadonlySet<string>;
  numberOf(op: string, way: "forward" | "backward"): number;
  /** Bytes of room that the matrix product needs. */
  readonly productBytes: number;
  /** Writes zeros. */
  readonly clear: number;
  /** Copies from one stride to another. */
  readonly carry: number;
  /** Adds up what the parts have. */
  readonly gatherParts: number;
  /** Draws normals. */
  readonly noise: number;
  /** The sum of squares of a part. */
  readonly squares: number;
  /** A step of Adam. */
  readonly adam: number;
}
