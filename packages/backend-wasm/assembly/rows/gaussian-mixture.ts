import { TOGETHER } from "../codes/gaussian-mixture";
import { exp } from "../exponential";
import * as functions from "../functions";
import { atLeast, madd, splat } from "../vector";
import { BLOCK, COLUMN, addColumn, addProduct, putColumn, scaleColumn, takeColumn } from "./block";
import { addToPart, part } from "./lanes";
import { Step, adjointAt, param, read, valueAt, wholeSetting } from "./step";

/**
 * The log-density of a mixture of Gaussians goes to the log-dets: log sum_k w_k N(z; mean_k, covariance_k), weights normalised; settings
 * the number of components, 1 where they share one covariance. Reads z and writes nothing; params weights, means, deviations, slopes: a
 * covariance's noise is (e_i - sum_{j<i} slopes_ij e_j) / deviations_i with e = z - mean. Where covariances are tied, rows and means are
 * whitened once. Rows go block by block through the scratch.
 */
export function gaussianMixtureForward(step: Step, from: i32, to: i32): void {
  prepare(step);
  for (let row = from; row < to; row += BLOCK) {
    const count = min(to - row, BLOCK);
    density(step, row, count);
    for (let i = 0; i < count; i += 4) addToPart(step.logDet + bytes(row + i), v128.load(totals(step) + bytes(i)), min(count - i, 4));
  }
}

export function gaussianMixtureBackward(step: Step, from: i32, to: i32): void {
  prepare(step);
  const n = widthOf(step);
  for (let row = from; row < to; row += BLOCK) {
    const count = min(to - row, BLOCK);
    density(step, row, count);
    const dLogDet = sums(step);
    memory.fill(dLogDet, 0, COLUMN);
    for (let i = 0; i < count; i += 4) v128.store(dLogDet + bytes(i), part(step.dLogDet + bytes(row + i), min(count - i, 4)));
    memory.fill(adjoints(step), 0, <usize>n * COLUMN);
    if (tied(step)) memory.fill(deviated(step), 0, <usize>n * COLUMN);
    for (let k = 0; k < components(step); k++) componentBackward(step, k, row, count);
    if (tied(step)) unwhiten(step, 0, deviated(step));
    const dz = adjointAt(read(step, 0), row);
    for (let i = 0; i < n; i++) addColumn(columnAt(adjoints(step), i), dz + bytes(i), bytes(n), count);
  }
}

const HALF_LOG_2_PI: f32 = 0.918938533204672741780329736406;
/** Finite, and below every log-density. */
const LOWEST: f32 = -3.4e38;
/** A term this far below the largest is lost in rounding. */
const LOST: f32 = -40;

function components(step: Step): i32 {
  return wholeSetting(step, 0);
}

function tied(step: Step): bool {
  return wholeSetting(step, 1) != 0;
}

function widthOf(step: Step): i32 {
  return read(step, 0).width;
}

@inline
function bytes(count: i32): usize {
  return <usize>count << 2;
}

@inline
function columnAt(block: usize, i: i32): usize {
  return block + <usize>i * COLUMN;
}

/** Up to whole vectors. */
function padded(count: i32): usize {
  return bytes((count + 3) & ~3);
}

/** The scratch: log w_k N(mean_k; mean_k, covariance_k) of each component. */
function peaks(step: Step): usize {
  return step.scratch;
}

/** The whitened means, row by row. */
function whitenedMeans(step: Step): usize {
  return peaks(step) + padded(components(step));
}

/** Columns of a block: rows as whitened, from the mean of the component at hand where covariances are not tied. */
function places(step: Step): usize {
  return whitenedMeans(step) + (tied(step) ? padded(components(step) * widthOf(step)) : 0);
}

/** Not whitened yet; on the way back the adjoints of whitened rows. */
function deviated(step: Step): usize {
  return columnAt(places(step), widthOf(step));
}

function adjoints(step: Step): usize {
  return columnAt(deviated(step), widthOf(step));
}

function exponents(step: Step): usize {
  return columnAt(adjoints(step), widthOf(step));
}

/** The largest exponent so far, and at the end the log-density. */
function totals(step: Step): usize {
  return columnAt(exponents(step), TOGETHER);
}

/** The sum relative to it; on the way back the adjoints of the log-densities. */
function sums(step: Step): usize {
  return columnAt(totals(step), 1);
}

function deviationsOf(step: Step, k: i32): usize {
  return param(step, 2).value + (tied(step) ? 0 : bytes(k * widthOf(step)));
}

/** Row i of the slopes. */
function slopesOf(step: Step, k: i32, i: i32): usize {
  const n = widthOf(step);
  return param(step, 3).value + bytes(((tied(step) ? 0 : k * n) + i) * n);
}

/** log N(mean; mean, covariance) */
function peakOf(step: Step, k: i32): f32 {
  const n = widthOf(step);
  let total = -HALF_LOG_2_PI * <f32>n;
  for (let i = 0; i < n; i++) total -= f32x4.extract_lane(functions.log(v128.load32_splat(deviationsOf(step, k) + bytes(i))), 0);
  return total;
}

function prepare(step: Step): void {
  const count = components(step);
  const weights = param(step, 0).value;
  let total: f64 = 0;
  for (let k = 0; k < count; k++) total += <f64>load<f32>(weights + bytes(k));
  const share = splat(<f32>(1 / total));
  const alike = tied(step) ? peakOf(step, 0) : 0;
  for (let k = 0; k < count; k += 4) {
    const logWeights = functions.log(f32x4.mul(share, part(weights + bytes(k), min(count - k, 4))));
    v128.store(peaks(step) + bytes(k), f32x4.add(logWeights, splat(alike)));
  }
  if (tied(step)) whitenMeans(step);
  else for (let k = 0; k < count; k++) store<f32>(peaks(step) + bytes(k), load<f32>(peaks(step) + bytes(k)) + peakOf(step, k));
}

/** Block by block, as rows are. */
function whitenMeans(step: Step): void {
  const n = widthOf(step);
  for (let k = 0; k < components(step); k += BLOCK) {
    const count = min(components(step) - k, BLOCK);
    const at = bytes(k * n);
    whiten(step, 0, param(step, 1).value + at, 0, count);
    for (let i = 0; i < n; i++) putColumn(columnAt(places(step), i), whitenedMeans(step) + at + bytes(i), bytes(n), splat(0), count);
  }
}

/** places = the chain of regressions of a component undone for rows less a mean; none where it is 0. */
function whiten(step: Step, k: i32, rows: usize, mean: usize, count: i32): void {
  const n = widthOf(step);
  const deviations = deviated(step);
  const noises = places(step);
  const scales = deviationsOf(step, k);
  let slopes = slopesOf(step, k, 0);
  for (let i = 0; i < n; i++) {
    const less = mean != 0 ? v128.load32_splat(mean + bytes(i)) : splat(0);
    takeColumn(columnAt(deviations, i), rows + bytes(i), bytes(n), less, count);
  }
  memory.copy(noises, deviations, <usize>n * COLUMN);
  for (let i = 0; i < n; i++) {
    addProduct(columnAt(noises, i), slopes, deviations, i, splat(-1));
    scaleColumn(columnAt(noises, i), f32x4.div(splat(1), v128.load32_splat(scales + bytes(i))));
    slopes += bytes(n);
  }
}

/** Leads the adjoint of a component's noise back to the rows'; takes it with it. */
function unwhiten(step: Step, k: i32, given: usize): void {
  for (let i = 0; i < widthOf(step); i++) {
    const share = columnAt(given, i);
    scaleColumn(share, f32x4.div(splat(1), v128.load32_splat(deviationsOf(step, k) + bytes(i))));
    addTimes(columnAt(adjoints(step), i), splat(1), share);
    const slopes = slopesOf(step, k, i);
    for (let j = 0; j < i; j++) addTimes(columnAt(adjoints(step), j), f32x4.neg(v128.load32_splat(slopes + bytes(j))), share);
  }
}

/** column += weight other */
function addTimes(column: usize, weight: v128, other: usize): void {
  for (let at: usize = 0; at < COLUMN; at += 16) v128.store(column + at, madd(weight, v128.load(other + at), v128.load(column + at)));
}

/** exponent_k = log w_k N(z; mean_k, covariance_k), a column for each of `some` components. */
function exponentsFrom(step: Step, k: i32, some: i32, row: i32, count: i32): void {
  const n = widthOf(step);
  const alike = tied(step);
  const columns = places(step);
  const end = exponents(step) + <usize>some * COLUMN;
  let mean = (alike ? whitenedMeans(step) : param(step, 1).value) + bytes(k * n);
  let peak = peaks(step) + bytes(k);
  for (let exponent = exponents(step); exponent < end; exponent += COLUMN) {
    if (!alike) whiten(step, k++, valueAt(read(step, 0), row), mean, count);
    squares(exponent, columns, alike ? mean : 0, n, v128.load32_splat(peak));
    mean += bytes(n);
    peak += 4;
  }
}

/** exponent = peak - |row - point|^2 / 2 for the rows of n columns; point 0 is the origin. */
@inline
function squares(exponent: usize, at: usize, point: usize, n: i32, peak: v128): void {
  let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
  for (const end = at + <usize>n * COLUMN; at < end; at += COLUMN) {
    let e0 = v128.load(at), e1 = v128.load(at, 16), e2 = v128.load(at, 32), e3 = v128.load(at, 48);
    if (point != 0) {
      const from = v128.load32_splat(point);
      e0 = f32x4.sub(e0, from); e1 = f32x4.sub(e1, from); e2 = f32x4.sub(e2, from); e3 = f32x4.sub(e3, from);
      point += 4;
    }
    s0 = madd(e0, e0, s0); s1 = madd(e1, e1, s1); s2 = madd(e2, e2, s2); s3 = madd(e3, e3, s3);
  }
  const half = splat(-0.5);
  v128.store(exponent, madd(s0, half, peak)); v128.store(exponent, madd(s1, half, peak), 16);
  v128.store(exponent, madd(s2, half, peak), 32); v128.store(exponent, madd(s3, half, peak), 48);
}

/** The log-densities of a block, into `totals`. */
function density(step: Step, row: i32, count: i32): void {
  if (tied(step)) whiten(step, 0, valueAt(read(step, 0), row), 0, count);
  const largest = totals(step);
  const sum = sums(step);
  const columns = exponents(step);
  for (let at: usize = 0; at < COLUMN; at += 16) {
    v128.store(largest + at, splat(LOWEST));
    v128.store(sum + at, splat(0));
  }
  for (let k = 0; k < components(step); k += TOGETHER) {
    const some = min(components(step) - k, TOGETHER);
    exponentsFrom(step, k, some, row, count);
    for (let at: usize = 0; at < COLUMN; at += 16) takeIn(largest + at, sum + at, columns + at, some);
  }
  for (let at: usize = 0; at < COLUMN; at += 16) {
    v128.store(largest + at, f32x4.add(v128.load(largest + at), functions.log(v128.load(sum + at))));
  }
}

/** Takes exponents of four rows into the largest so far and the sum relative to it. */
@inline
function takeIn(largest: usize, sum: usize, exponents: usize, some: i32): void {
  const before = v128.load(largest);
  let top = before;
  for (let i = 0; i < some; i++) top = f32x4.max(top, v128.load(columnAt(exponents, i)));
  let more = splat(0);
  for (let i = 0; i < some; i++) {
    const below = f32x4.sub(v128.load(columnAt(exponents, i)), top);
    if (v128.any_true(f32x4.gt(below, splat(LOST)))) more = f32x4.add(more, exp(below));
  }
  v128.store(largest, top);
  v128.store(sum, madd(v128.load(sum), exp(f32x4.sub(before, top)), more));
}

function componentBackward(step: Step, k: i32, row: i32, count: i32): void {
  const n = widthOf(step);
  const share = exponents(step);
  exponentsFrom(step, k, 1, row, count);
  let all = splat(0);
  for (let at: usize = 0; at < COLUMN; at += 16) {
    // Where no component has a density there is no gradient.
    const below = f32x4.sub(v128.load(share + at), atLeast(v128.load(totals(step) + at), splat(LOWEST)));
    const given = f32x4.neg(f32x4.mul(v128.load(sums(step) + at), functions.exp(below)));
    all = v128.or(all, f32x4.ne(given, splat(0)));
    v128.store(share + at, given);
  }
  if (!v128.any_true(all)) return;
  for (let i = 0; i < n; i++) {
    const from = tied(step) ? v128.load32_splat(whitenedMeans(step) + bytes(k * n + i)) : splat(0);
    const column = columnAt(places(step), i);
    const to = tied(step) ? columnAt(deviated(step), i) : column;
    for (let at: usize = 0; at < COLUMN; at += 16) {
      const given = f32x4.mul(v128.load(share + at), f32x4.sub(v128.load(column + at), from));
      v128.store(to + at, tied(step) ? f32x4.add(v128.load(to + at), given) : given);
    }
  }
  if (!tied(step)) unwhiten(step, k, places(step));
}
