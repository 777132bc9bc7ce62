/** A block of rows: the array, where its row starts, and how wide it is. */
export interface Row {
  readonly data: Float32Array;
  readonly at: number;
  readonly width: number;
}

/** y = b + x W for one row; W [x.width, y.width] row-major. Four rows of W at a time: a quarter of the loads and stores of y. */
export function denseForward({ data: x, at, width: n }: Row, { data: y, at: to, width }: Row, w: Float32Array, b: Float32Array): void {
  for (let j = 0; j < width; j++) y[to + j] = b[j]!;
  let [i, k] = [0, 0];
  for (; i + 4 <= n; i += 4, k += 4 * width) {
    const [x0, x1, x2, x3] = [x[at + i]!, x[at + i + 1]!, x[at + i + 2]!, x[at + i + 3]!];
    const [k1, k2, k3] = [k + width, k + 2 * width, k + 3 * width];
    for (let j = 0; j < width; j++) y[to + j]! += x0 * w[k + j]! + x1 * w[k1 + j]! + x2 * w[k2 + j]! + x3 * w[k3 + j]!;
  }
  for (; i < n; i++, k += width) {
    const x0 = x[at + i]!;
    for (let j = 0; j < width; j++) y[to + j]! += x0 * w[k + j]!;
  }
}

/** dW += x dy and dx[i] += slope(x[i]) (W dy)[i] for one row. */
export function denseBackward(
  x: Row,
  dx: Float32Array,
  dy: Row,
  w: Float32Array,
  dW: Float32Array,
  slope: ((x: number) => number) | undefined,
): void {
  for (let i = 0, k = 0; i < x.width; i++) {
    const value = x.data[x.at + i]!;
    let sum = 0;
    for (let j = dy.at; j < dy.at + dy.width; j++, k++) {
      const d = dy.data[j]!;
      dW[k]! += value * d;
      sum += w[k]! * d;
    }
    dx[x.at + i]! += slope ? sum * slope(value) : sum;
  }
}
