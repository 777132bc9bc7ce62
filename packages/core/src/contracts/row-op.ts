import type { Place, Register } from "./register.js";
import type { Shape } from "./shape.js";

/** A 32-bit word that a kernel is told: a whole number as it is, or a float. */
export type Word = number | { readonly float: number };

/** One call of a row op's kernel. */
export interface Step<A = unknown> {
  readonly spec: RowOpSpec<A>;
  readonly reads: readonly Register[];
  readonly writes: readonly Register[];
  readonly params: readonly Place[];
  readonly attrs: A;
  /** The innermost of the program's members that wrote it. */
  readonly member?: number | undefined;
}

/** An example of what an op works on: kernels are checked on it. */
export interface RowCase<A = unknown> {
  /** Widths of the rows it reads. */
  readonly rows: readonly number[];
  /** Reads from here on are one row that all share. Default none. */
  readonly shared?: number | undefined;
  /** Shapes of the parameters. Default none. */
  readonly params?: readonly Shape[] | undefined;
  readonly attrs: A;
  /** Where the numbers of each read, and then of each parameter, lie. Default everywhere. */
  readonly domains?: readonly (readonly [low: number, high: number] | undefined)[] | undefined;
}

/** Examples of an op at a number of features; none where it cannot have so many. */
export type Examples<A = unknown> = (features: number) => readonly RowCase<A>[];

/** An op by rows as data: all that an engine has to know of it. `rowOpSpec` makes one. */
export interface RowOpSpec<A = unknown> {
  /** "acme.warp"; ours have no prefix. */
  readonly op: string;
  /** The names of its parameters, in order. */
  params(attrs: A): readonly string[];
  /** Those of them that no gradient is asked for. */
  readonly state: readonly string[];
  /**
   * The widths of the registers that a kernel writes for rows of these widths. Of a barrier all are results; else the last one is, and the
   * others are kept for its backward.
   */
  widths(rows: readonly number[], attrs: A): readonly number[];
  /** Needs every row of what it reads, and writes rows that all share: all workers wait here. */
  readonly barrier: boolean;
  /** What a compiled kernel is told behind its operands. */
  words(step: Step<A>): readonly Word[];
  /** Bytes of room that a compiled kernel's call on at most `rows` rows needs for itself; `product` are those that the engine's matrix product needs. */
  scratch(step: Step<A>, rows: number, product: number): number;
  /** What numbers in those words stand for; sources of compiled kernels know them by these names. */
  readonly codes: Readonly<Record<string, number>>;
}
