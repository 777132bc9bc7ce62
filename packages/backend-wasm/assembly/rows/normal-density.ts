import { madd, splat } from "../vector";
import { addToColumn, addToPart, gather, part } from "./lanes";
import { Step, adjointAt, read, valueAt } from "./step";

/** The log-density of a standard normal goes to the log-dets: -|z|^2 / 2 - width log(2 pi) / 2; reads z and writes nothing. */
const HALF_LOG_2_PI: f32 = 0.918938533204672741780329736406;

export function normalDensityForward(step: Step, from: i32, to: i32): void {
  const stride = read(step, 0).stride;
  const constant = splat(-HALF_LOG_2_PI * <f32>read(step, 0).width);
  for (let row = from; row < to; row += 4) {
    const count = min(to - row, 4);
    const z = valueAt(read(step, 0), row);
    let squares = splat(0);
    for (let at: usize = 0; at < stride; at += 4) {
      const column = gather(z + at, stride, count);
      squares = madd(column, column, squares);
    }
    addToPart(step.logDet + (<usize>row << 2), madd(squares, splat(-0.5), constant), count);
  }
}

export function normalDensityBackward(step: Step, from: i32, to: i32): void {
  const stride = read(step, 0).stride;
  for (let row = from; row < to; row += 4) {
    const count = min(to - row, 4);
    const z = valueAt(read(step, 0), row);
    const dz = adjointAt(read(step, 0), row);
    const down = f32x4.neg(part(step.dLogDet + (<usize>row << 2), count));
    for (let at: usize = 0; at < stride; at += 4) addToColumn(dz + at, stride, f32x4.mul(down, gather(z + at, stride, count)), count);
  }
}
