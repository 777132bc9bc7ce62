import { asinh, exp, log, log1p } from "./numbers";
import { Step, adjointAt, param, read, valueAt, wholeSetting, write } from "@flows/backend-wasm/assembly/rows/step";
import { addTo, numberAt } from "./memory";

/** The setting is 1 from noise to data, 0 back; the parameters are skew and logTail. */
function isForward(step: Step): bool {
  return wholeSetting(step, 0) != 0;
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
  const width = read(step, 0).width;
  for (let row = first; row < last; row++) {
    let slope: f64 = 0;
    for (let j = 0; j < width; j++) {
      const x = numberAt(valueAt(read(step, 0), row), j);
      const logTail = numberAt(param(step, 1).value, j);
      const to = moved(asinh(x), numberAt(param(step, 0).value, j), exp(logTail), forward);
      const e = exp(abs<f64>(to));
      store<f32>(valueAt(write(step, 0), row) + (<usize>j << 2), <f32>sinhOf(to, e));
      const logCosh = abs<f64>(to) + log1p(1 / (e * e)) - log(2 * sqrt<f64>(1 + x * x));
      slope += (forward ? logTail : -logTail) + logCosh;
    }
    addTo(step.logDet, row, slope);
  }
}

/** Adds to the adjoints of x, skew and logTail what those of y and of the log-det are worth. */
export function warpBackward(step: Step, first: i32, last: i32): void {
  const forward = isForward(step);
  const width = read(step, 0).width;
  for (let row = first; row < last; row++) {
    const dSlope = numberAt(step.dLogDet, row);
    for (let j = 0; j < width; j++) {
      const x = numberAt(valueAt(read(step, 0), row), j);
      const from = asinh(x);
      const tail = exp(numberAt(param(step, 1).value, j));
      const to = moved(from, numberAt(param(step, 0).value, j), tail, forward);
      const e = exp(abs<f64>(to));
      const tanh = copysign<f64>(1 - 2 / (e * e + 1), to);
      const dTo = (numberAt(adjointAt(write(step, 0), row), j) * (e + 1 / e)) / 2 + dSlope * tanh;
      const root = sqrt<f64>(1 + x * x);
      addTo(adjointAt(read(step, 0), row), j, (dTo * (forward ? tail : 1 / tail) - (dSlope * x) / root) / root);
      addTo(param(step, 0).adjoint, j, forward ? dTo * tail : -dTo);
      addTo(param(step, 1).adjoint, j, forward ? dTo * to + dSlope : -dTo * (from / tail) - dSlope);
    }
  }
}
