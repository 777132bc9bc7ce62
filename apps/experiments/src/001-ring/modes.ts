import type { Rows } from "@flows/core";

const centres = Array.from({ length: 8 }, (_, mode) => [3 * Math.cos((mode * Math.PI) / 4), 3 * Math.sin((mode * Math.PI) / 4)] as const);

/** The nearest of some places, and how far it is. */
export interface Nearest {
  readonly mode: number;
  readonly distance: number;
}

/** The mode of the ring that each row lies nearest to. */
export const nearestCentre = ({ data, shape: [n] }: Rows): Nearest[] =>
  Array.from({ length: n }, (_, i) => {
    const away = centres.map(([x, y]) => Math.hypot(data[2 * i]! - x, data[2 * i + 1]! - y));
    const distance = Math.min(...away);
    return { mode: away.indexOf(distance), distance };
  });

/** The labels of the rows of `known` that lie nearest to each row. */
export function labelsOfNearest({ data, shape: [n] }: Rows, known: Rows, labels: ArrayLike<number>): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => labels[nearestRow(data[2 * i]!, data[2 * i + 1]!, known)]!);
}

function nearestRow(x: number, y: number, { data, shape: [n] }: Rows): number {
  let [row, least] = [0, Number.POSITIVE_INFINITY];
  for (let i = 0; i < n; i++) {
    const away = (data[2 * i]! - x) ** 2 + (data[2 * i + 1]! - y) ** 2;
    if (away < least) [row, least] = [i, away];
  }
  return row;
}
