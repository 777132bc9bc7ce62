import { describe, expect, it } from "vitest";
import { testDevice } from "./testing/device.js";
import { error, numbers } from "./testing/numbers.js";

const ACCUMULATE = 1;
const BIAS = 2;
const RECTIFY = 4;
const shapes: readonly (readonly [m: number, n: number, k: number])[] = [
  [1, 1, 1],
  [1, 8, 3],
  [4, 4, 4],
  [5, 7, 3],
  [65, 13, 9],
  [3, 2, 64],
  [9, 8, 1],
  [66, 16, 2],
  [1, 24, 2],
  [64, 64, 65],
  [257, 10, 300],
  [300, 9, 513],
];

const bias = (n: number) => numbers(n, -1, 1, 7);
const before = (count: number) => numbers(count, -1, 1, 9);

/** The product in float64, with the same epilogue. */
function expected(kind: number, [m, n, k]: readonly [number, number, number], a: Float32Array, b: Float32Array, mode: number): number[] {
  const [start, added] = [before(m * n), bias(n)];
  return Array.from(start, (old, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = (mode & ACCUMULATE ? old : 0) + (mode & BIAS ? added[j]! : 0);
    for (let p = 0; p < k; p++) sum += a[kind & 1 ? p * m + i : i * k + p]! * b[kind & 2 ? j * k + p : p * n + j]!;
    return mode & RECTIFY && sum < 0 ? 0 : sum;
  });
}

/** Rounding of k additions one after the other. */
const tolerance = (k: number): number => 1e-6 + 2e-8 * k;

describe.each([true, false])("gemm, relaxed %s", async (relaxed) => {
  const { wasm, scratch, put, get } = await testDevice({ relaxed });
  const run = (
    kind: number,
    [m, n, k]: readonly [number, number, number],
    a: Float32Array,
    b: Float32Array,
    mode: number,
  ): Float32Array => {
    const c = put(before(m * n + 1));
    wasm.gemm(kind, m, n, k, put(a), put(b), c, mode, put(bias(n)), scratch);
    expect(get(c, m * n + 1)[m * n], "the number after the product").toBe(before(m * n + 1)[m * n]);
    return get(c, m * n);
  };

  it.each(shapes)("%i x %i, inner %i, as float64 loops: every transposition and epilogue", (m, n, k) => {
    const [a, b] = [numbers(m * k, -1, 1, 3), numbers(k * n, -1, 1, 5)];
    for (const kind of [0, 1, 2, 3])
      for (const mode of [0, ACCUMULATE, BIAS, BIAS | RECTIFY, ACCUMULATE | BIAS | RECTIFY]) {
        const wanted = expected(kind, [m, n, k], a, b, mode);
        expect(error(run(kind, [m, n, k], a, b, mode), wanted), `kind ${kind}, mode ${mode}`).toBeLessThan(tolerance(k));
      }
  });

  it("carries NaN and infinity to their rows and columns only", () => {
    const shape = [6, 7, 5] as const;
    const [a, b] = [numbers(30), numbers(35)];
    a[7] = Number.NaN;
    b[3] = Number.POSITIVE_INFINITY;
    for (const mode of [0, RECTIFY]) expect(error(run(0, shape, a, b, mode), expected(0, shape, a, b, mode))).toBeLessThan(2e-6);
  });
});
