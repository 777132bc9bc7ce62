import { splat } from "../vector";
import { addToPart, part, putPart } from "./lanes";
import { Operand, Step, adjointAt, read, valueAt, wholeSetting, write } from "./step";

/** 1 forward, -1 in the inverse. */
@inline
function signOf(step: Step): v128 {
  return splat(wholeSetting(step, 0) ? 1 : -1);
}

@inline
function bytesOf(x: Operand, from: i32, to: i32): usize {
  return <usize>(to - from) * x.stride;
}

/** y = x + shift, or x - shift in the inverse; reads x and shift. It keeps volumes. */
export function additiveTransformForward(step: Step, from: i32, to: i32): void {
  const x = valueAt(read(step, 0), from);
  const shift = valueAt(read(step, 1), from);
  const y = valueAt(write(step, 0), from);
  const sign = signOf(step);
  const bytes = bytesOf(read(step, 0), from, to);
  for (let at: usize = 0; at < bytes; at += 16) {
    const count = <i32>min((bytes - at) >> 2, 4);
    putPart(y + at, f32x4.add(part(x + at, count), f32x4.mul(sign, part(shift + at, count))), count);
  }
}

export function additiveTransformBackward(step: Step, from: i32, to: i32): void {
  const dx = adjointAt(read(step, 0), from);
  const dShift = adjointAt(read(step, 1), from);
  const dy = adjointAt(write(step, 0), from);
  const sign = signOf(step);
  const bytes = bytesOf(read(step, 0), from, to);
  for (let at: usize = 0; at < bytes; at += 16) {
    const count = <i32>min((bytes - at) >> 2, 4);
    const d = part(dy + at, count);
    addToPart(dx + at, d, count);
    addToPart(dShift + at, f32x4.mul(sign, d), count);
  }
}
