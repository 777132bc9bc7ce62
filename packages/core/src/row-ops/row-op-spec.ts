import type { RowOpSpec, Step, Word } from "../contracts/index.js";

/** What the author of an op says; the rest has defaults. */
export interface RowOpParts<A> {
  readonly op: string;
  /** Names of the parameters in order. Default none. */
  readonly params?: readonly string[] | ((attrs: A) => readonly string[]);
  /** Those of them that no gradient is asked for. Default none. */
  readonly state?: readonly string[];
  /** Default the width of the first rows. */
  readonly widths?: (rows: readonly number[], attrs: A) => readonly number[];
  /** Default false. */
  readonly barrier?: boolean;
  /** Default none. */
  readonly words?: (step: Step<A>) => readonly Word[];
  /** Default none. */
  readonly scratch?: (step: Step<A>, rows: number, product: number) => number;
  /** Default none. */
  readonly codes?: Readonly<Record<string, number>>;
}

const none = (): readonly never[] => [];

/**
 * Says what an op by rows is: plain data and small functions, which every engine reads. `defineRowOp` adds the formula.
 *
 * @example
 * const shear = rowOpSpec<{ readonly direction: Direction }>({
 *   op: "acme.shear",
 *   params: ["slope"],
 *   words: ({ attrs }) => [attrs.direction === "forward" ? 1 : 0],
 * });
 */
export const rowOpSpec = <A = {}>({
  op,
  params = [],
  state = [],
  widths = (rows) => rows.slice(0, 1),
  barrier = false,
  words = none,
  scratch = () => 0,
  codes = {},
}: RowOpParts<A>): RowOpSpec<A> => ({
  op,
  params: typeof params === "function" ? params : () => params,
  state,
  widths,
  barrier,
  words,
  scratch,
  codes,
});
