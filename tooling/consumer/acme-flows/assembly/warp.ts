import { asinh, exp, log, log1p } from "./numbers";
import { addTo, adjointAt, operand, Step, valueAt } from "./step";

/** Operands of the op: rows x and y, parameters skew and logTail; the setting is 1 from noise to data, 0 back. */
const X: i32 = 0;
const Y: i32 = 1;
const SKEW: i32 = 2;
const LOG_TAIL: i32 = 3;
const SETTINGS: i32 = 4;

function isForward(step: Step): bool {
  return load<i32>(changetype<usize>(operand(step, SETTINGS))) == 1;
}

function numberAt(step: Step, index: i32, row: i32, column: i32): f64 {
  return <f64>load<f32>(valueAt(operand(step, index), row, column));
}

/** The inner coordinate asinh(y) from the inner coordinate asinh(x). */
function moved(from: f64, skew: f64, tail: f64, forward: bool): f64 {
  return forward ? (from + skew) * tail : from / tail - skew;
}

/** sinh v by e = e^|v|; small v by itself, where the difference would lose its digits. */
function sinhOf(v: f64, e: f64): f64 {
  return abs<f64>(v) < 1e-5 ? v : copysign<f64>((e - 1 / e) / 2, v);
}

/** Writes y = sinh(v) and adds log dy/dx = log tail + log cosh v - log cosh asinh(x) to the row's log-det. */
export function warpForward(step: Step, first: i32, last: i32): void {
  const forward = isForward(step);
  const width = operand(step, X).width;
  for (let row = first; row < last; row++) {
    let slope: f64 = 0;
    for (let j = 0; j < width; j++) {
      const x = numberAt(step, X, row, j);
      const logTail = numberAt(step, LOG_TAIL, 0, j);
      const to = moved(asinh(x), numberAt(step, SKEW, 0, j), exp(logTail), forward);
      const e = exp(abs<f64>(to));
      store<f32>(valueAt(operand(step, Y), row, j), <f32>sinhOf(to, e));
      const logCosh = abs<f64>(to) + log1p(1 / (e * e)) - log(2 * sqrt<f64>(1 + x * x));
      slope += (forward ? logTail : -logTail) + logCosh;
    }
    addTo(step.logDet + ((<usize>row) << 2), slope);
  }
}

/** Adds to the adjoints of x, skew and logTail what those of y and of the log-det are worth. */
export function warpBackward(step: Step, first: i32, last: i32): void {
  const forward = isForward(step);
  const width = operand(step, X).width;
  for (let row = first; row < last; row++) {
    const dSlope = <f64>load<f32>(step.dLogDet + ((<usize>row) << 2));
    for (let j = 0; j < width; j++) {
      const x = numberAt(step, X, row, j);
      const from = asinh(x);
      const tail = exp(numberAt(step, LOG_TAIL, 0, j));
      const to = moved(from, numberAt(step, SKEW, 0, j), tail, forward);
      const e = exp(abs<f64>(to));
      const tanh = copysign<f64>(1 - 2 / (e * e + 1), to);
      const dTo = (<f64>load<f32>(adjointAt(operand(step, Y), row, j)) * (e + 1 / e)) / 2 + dSlope * tanh;
      const root = sqrt<f64>(1 + x * x);
      addTo(adjointAt(operand(step, X), row, j), (dTo * (forward ? tail : 1 / tail) - (dSlope * x) / root) / root);
      addTo(adjointAt(operand(step, SKEW), 0, j), forward ? dTo * tail : -dTo);
      addTo(adjointAt(operand(step, LOG_TAIL), 0, j), forward ? dTo * to + dSlope : -dTo * (from / tail) - dSlope);
    }
  }
}
