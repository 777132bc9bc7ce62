import { sizeOf } from "@flows/core/author";
import { backend_util } from "@tensorflow/tfjs-core";

/** How one operand lies against [rows, columns]: bytes from row to row, and whether it has one number a row. */
interface Side {
  readonly step: number;
  readonly spread: boolean;
}
export interface Broadcast {
  readonly shape: number[];
  readonly rows: number;
  readonly columns: number;
  readonly a: Side;
  readonly b: Side;
}

const same = (part: readonly number[], whole: readonly number[]): boolean => part.every((n, i) => n === whole[i]);
const ones = (part: readonly number[]): boolean => part.every((n) => n === 1);

/** One side where the result is cut into rows and columns at axis `cut`; undefined where it repeats in part of either only. */
function side(padded: readonly number[], shape: readonly number[], cut: number): Side | undefined {
  const [lead, trail] = [padded.slice(0, cut), padded.slice(cut)];
  const filled = same(trail, shape.slice(cut));
  const repeated = !same(lead, shape.slice(0, cut));
  if ((repeated && !ones(lead)) || (!filled && !ones(trail))) return undefined;
  return { step: repeated ? 0 : 4 * sizeOf(trail), spread: !filled };
}

/** Two shapes as rows and columns; undefined where two dimensions are not enough. */
export function broadcast(a: readonly number[], b: readonly number[]): Broadcast | undefined {
  const shape = backend_util.assertAndGetBroadcastShape([...a], [...b]);
  const padded = (own: readonly number[]): number[] => [...new Array<number>(shape.length - own.length).fill(1), ...own];
  const [left, right] = [padded(a), padded(b)];
  for (let cut = 0; cut <= shape.length; cut++) {
    const [sideA, sideB] = [side(left, shape, cut), side(right, shape, cut)];
    if (sideA && sideB) return { shape, rows: sizeOf(shape.slice(0, cut)), columns: sizeOf(shape.slice(cut)), a: sideA, b: sideB };
  }
  return undefined;
}

/** The same for equal shapes, which need no search. */
export const aligned = (shape: readonly number[]): Broadcast => {
  const flat = { step: 0, spread: false };
  return { shape: [...shape], rows: 1, columns: sizeOf(shape), a: flat, b: flat };
};
