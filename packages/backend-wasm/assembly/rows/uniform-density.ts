import { choose, splat } from "../vector";
import { addToPart, gather } from "./lanes";
import { Step, read, valueAt } from "./step";

/** The log-density of the uniform distribution on the unit cube goes to the log-dets: 0 inside, -Infinity outside; reads z and writes nothing. */
export function uniformDensityForward(step: Step, from: i32, to: i32): void {
  const stride = read(step, 0).stride;
  for (let row = from; row < to; row += 4) {
    const count = min(to - row, 4);
    const z = valueAt(read(step, 0), row);
    let reach = splat(0);
    // max keeps a NaN.
    for (let at: usize = 0; at < stride; at += 4) {
      reach = f32x4.max(reach, f32x4.abs(f32x4.sub(gather(z + at, stride, count), splat(0.5))));
    }
    const inside = f32x4.le(reach, splat(0.5));
    const outside = choose(reach, splat(-Infinity), f32x4.ne(reach, reach));
    addToPart(step.logDet + (<usize>row << 2), v128.andnot(outside, inside), count);
  }
}

/** The density is flat. */
export function uniformDensityBackward(_step: Step, _from: i32, _to: i32): void {}
