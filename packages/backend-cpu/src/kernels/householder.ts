import { type Directed, householderSpec, type RowKernel, type Step } from "@flows/core/author";

/**
 * Reflections one after the other, y = x - 2 (v . x) v / |v|^2 for each row v of the parameter [reflections, width], the last one first in
 * the inverse. It keeps volumes. A reflection undoes itself, so the backward walks back from y and keeps nothing.
 * Source: Tomczak and Welling (2016), eq. 5-7. https://arxiv.org/abs/1611.09630
 */
export const householderKernel: RowKernel<Directed> = {
  spec: householderSpec,
  forward: ({ reads: [x], writes: [y], params: [v] }, { attrs, reads }, from, to) => {
    const { width } = reads[0]!;
    const mirrors = mirrorsOf(v!, width, attrs);
    const row = new Float64Array(width);
    for (let at = from * width; at < to * width; at += width) {
      row.set(x!.subarray(at, at + width));
      for (const mirror of mirrors) addTo(row, mirror.v, mirror.scale * dot(row, mirror.v));
      y!.set(row, at);
    }
  },
  backward: ({ writes: [y], params: [v] }, { reads: [dx], writes: [dy], params: [dv] }, { attrs, reads }: Step<Directed>, from, to) => {
    const { width } = reads[0]!;
    const mirrors = mirrorsOf(v!, width, attrs).reverse();
    const [row, d] = [new Float64Array(width), new Float64Array(width)];
    for (let at = from * width; at < to * width; at += width) {
      row.set(y!.subarray(at, at + width));
      d.set(dy!.subarray(at, at + width));
      for (const mirror of mirrors) {
        const [share, given] = [mirror.scale * dot(row, mirror.v), mirror.scale * dot(d, mirror.v)];
        for (let j = 0; j < width; j++) dv![mirror.at + j]! += given * row[j]! - share * d[j]!;
        addTo(row, mirror.v, share);
        addTo(d, mirror.v, given);
      }
      for (let j = 0; j < width; j++) dx![at + j]! += d[j]!;
    }
  },
};

interface Mirror {
  readonly v: Float32Array;
  /** Where v begins among all of them. */
  readonly at: number;
  /** -2 / |v|^2 */
  readonly scale: number;
}

/** In the order in which rows meet them. */
function mirrorsOf(all: Float32Array, width: number, { direction }: Directed): Mirror[] {
  const mirrors = Array.from({ length: all.length / width }, (_, k) => {
    const v = all.subarray(k * width, (k + 1) * width);
    return { v, at: k * width, scale: -2 / dot(v, v) };
  });
  return direction === "forward" ? mirrors : mirrors.reverse();
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function addTo(row: Float64Array, v: Float32Array, factor: number): void {
  for (let j = 0; j < row.length; j++) row[j]! += factor * v[j]!;
}
