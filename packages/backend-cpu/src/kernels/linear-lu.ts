import { type Frame, type LinearLuAttrs, linearLuSpec, type RowKernel, type Step } from "@flows/core/author";

/**
 * The linear map x = P L (U + diag s) z + b with s = sign e^logScale, or its inverse by substitution; params lower and upper (the strict
 * triangles, row by row), logScale, shift; x[i] is entry order[i] of what P takes. Log-det: the sum of logScale, negated in the inverse.
 * Source: Kingma and Dhariwal (2018), Glow, eq. 10-11. https://arxiv.org/abs/1807.03039
 */
export const linearLuKernel: RowKernel<LinearLuAttrs> = {
  spec: linearLuSpec,
  forward: (frame, step, from, to) => {
    const [x, y, factors] = [frame.reads[0]!, frame.writes[0]!, factorsOf(frame, step)];
    const { n, sign, order, logScale, shift } = factors;
    const [v, logDet] = [new Float64Array(n), sign * logScale.reduce((sum, l) => sum + l, 0)];
    for (let r = from, at = r * n; r < to; r++, at += n) {
      for (let i = 0; i < n; i++) v[sign > 0 ? i : order[i]!] = sign > 0 ? x[at + i]! : x[at + i]! - shift[i]!;
      if (sign > 0) multiply(v, factors);
      else substitute(v, factors);
      for (let i = 0; i < n; i++) y[at + i] = sign > 0 ? v[order[i]!]! + shift[i]! : v[i]!;
      frame.logDet[r]! += logDet;
    }
  },
  backward: (frame, adjoint, step, from, to) => {
    const factors = factorsOf(frame, step);
    const { n, sign, order } = factors;
    const [dx, dy] = [adjoint.reads[0]!, adjoint.writes[0]!];
    const [dLower, dUpper, dLogScale, dShift] = adjoint.params as [Float32Array, Float32Array, Float32Array, Float32Array];
    const [v, d] = [new Float64Array(n), new Float64Array(n)];
    for (let r = from, at = r * n; r < to; r++, at += n) {
      const z = (sign > 0 ? frame.reads : frame.writes)[0]!.subarray(at, at + n);
      v.set(z);
      multiplyUpper(v, factors);
      for (let i = 0; i < n; i++) d[sign > 0 ? order[i]! : i] = dy[at + i]!;
      if (sign > 0) backThroughLower(d, v, factors, dLower);
      backThroughUpper(d, z, factors, dUpper, dLogScale);
      if (sign < 0) backThroughLower(d, v, factors, dLower);
      for (let i = 0; i < n; i++) {
        const given = d[sign > 0 ? i : order[i]!]!;
        dx[at + i]! += given;
        dShift[i]! += sign > 0 ? dy[at + i]! : -given;
        dLogScale[i]! += sign * adjoint.logDet[r]!;
      }
    }
  },
};

interface Factors {
  readonly n: number;
  /** 1 from z to x, -1 back. */
  readonly sign: 1 | -1;
  readonly order: readonly number[];
  readonly lower: Float32Array;
  readonly upper: Float32Array;
  readonly logScale: Float32Array;
  readonly shift: Float32Array;
  readonly s: Float64Array;
}

function factorsOf({ params }: Frame, { attrs, reads }: Step<LinearLuAttrs>): Factors {
  const [lower, upper, logScale, shift] = params as [Float32Array, Float32Array, Float32Array, Float32Array];
  const { order, signs } = attrs;
  const s = Float64Array.from(logScale, (l, i) => signs[i]! * Math.exp(l));
  return { n: reads[0]!.width, sign: attrs.direction === "forward" ? 1 : -1, order, lower, upper, logScale, shift, s };
}

/** Where row i of a strict triangle begins. */
const lowerRow = (i: number): number => (i * (i - 1)) / 2;
const upperRow = (i: number, n: number): number => (i * (2 * n - i - 1)) / 2;

/** (U + diag s) v in place: every entry takes in only those that are still to come. */
function multiplyUpper(v: Float64Array, { n, upper, s }: Factors): void {
  for (let i = 0, k = 0; i < n; i++) {
    v[i]! *= s[i]!;
    for (let j = i + 1; j < n; j++, k++) v[i]! += upper[k]! * v[j]!;
  }
}

function multiply(v: Float64Array, factors: Factors): void {
  multiplyUpper(v, factors);
  const { n, lower } = factors;
  for (let i = n - 1; i > 0; i--) for (let j = 0, k = lowerRow(i); j < i; j++, k++) v[i]! += lower[k]! * v[j]!;
}

function substitute(v: Float64Array, { n, lower, upper, s }: Factors): void {
  for (let i = 1, k = 0; i < n; i++) for (let j = 0; j < i; j++, k++) v[i]! -= lower[k]! * v[j]!;
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1, k = upperRow(i, n); j < n; j++, k++) v[i]! -= upper[k]! * v[j]!;
    v[i]! /= s[i]!;
  }
}

/** The adjoint of L v for one of v, or back; d in place. */
function backThroughLower(d: Float64Array, v: Float64Array, { n, sign, lower }: Factors, dLower: Float32Array): void {
  for (let m = 0; m < n; m++) {
    const i = sign > 0 ? m : n - 1 - m;
    const given = sign * d[i]!;
    for (let j = 0, k = lowerRow(i); j < i; j++, k++) {
      dLower[k]! += given * v[j]!;
      d[j]! += given * lower[k]!;
    }
  }
}

/** The adjoint of (U + diag s) z for one of z, or back; d in place. */
function backThroughUpper(
  d: Float64Array,
  z: Float32Array,
  { n, sign, upper, s }: Factors,
  dUpper: Float32Array,
  dLogScale: Float32Array,
): void {
  for (let m = 0; m < n; m++) {
    const i = sign > 0 ? n - 1 - m : m;
    if (sign < 0) d[i]! /= s[i]!;
    const given = sign * d[i]!;
    for (let j = i + 1, k = upperRow(i, n); j < n; j++, k++) {
      dUpper[k]! += given * z[j]!;
      d[j]! += given * upper[k]!;
    }
    dLogScale[i]! += given * s[i]! * z[i]!;
    if (sign > 0) d[i]! *= s[i]!;
  }
}
