import { turned } from "../turn";
import { Step, adjointAt, param, read, valueAt, wholeSetting, write } from "./step";

/**
 * The plane turned by an angle a, or back: y = (cos a x1 - sin a x2, sin a x1 + cos a x2); param the angle; setting 1 for forward, 0 for
 * inverse. It keeps areas.
 */
export function rotationForward(step: Step, from: i32, to: i32): void {
  const c = cosineOf(step);
  const s = sineOf(step);
  for (let row = from; row < to; row++) {
    const x = valueAt(read(step, 0), row);
    const y = valueAt(write(step, 0), row);
    const x1 = load<f32>(x);
    const x2 = load<f32>(x, 4);
    store<f32>(y, c * x1 - s * x2);
    store<f32>(y, s * x1 + c * x2, 4);
  }
}

export function rotationBackward(step: Step, from: i32, to: i32): void {
  const c = cosineOf(step);
  const s = sineOf(step);
  let sum: f32 = 0;
  for (let row = from; row < to; row++) {
    const y = valueAt(write(step, 0), row);
    const dy = adjointAt(write(step, 0), row);
    const dx = adjointAt(read(step, 0), row);
    const d1 = load<f32>(dy);
    const d2 = load<f32>(dy, 4);
    store<f32>(dx, load<f32>(dx) + c * d1 + s * d2);
    store<f32>(dx, load<f32>(dx, 4) + c * d2 - s * d1, 4);
    // The tangent of the circle at y.
    sum += d2 * load<f32>(y) - d1 * load<f32>(y, 4);
  }
  const angle = param(step, 0).adjoint;
  store<f32>(angle, load<f32>(angle) + signOf(step) * sum);
}

@inline
function signOf(step: Step): f32 {
  return wholeSetting(step, 0) != 0 ? 1 : -1;
}

@inline
function cosineOf(step: Step): f32 {
  return turned(load<f32>(param(step, 0).value), 0);
}

@inline
function sineOf(step: Step): f32 {
  return signOf(step) * turned(load<f32>(param(step, 0).value), 1);
}
