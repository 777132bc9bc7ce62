import { Operand, Step, adjointAt, read, settings, valueAt, write } from "./step";

/** Neighbouring columns that move together; the settings are their number and then these. */
@unmanaged
class Run {
  /** Which read they come from; -1 for zeros. */
  source: i32;
  /** Bytes from the start of a row. */
  from: usize;
  to: usize;
  count: i32;
}

@inline
function runAt(step: Step, index: i32): Run {
  return changetype<Run>(settings(step) + 4 + <usize>index * offsetof<Run>());
}

@inline
function runs(step: Step): i32 {
  return load<i32>(settings(step));
}

/** Copies columns, or clears them. */
export function moveForward(step: Step, from: i32, to: i32): void {
  const y = write(step, 0);
  for (let i = 0; i < runs(step); i++) {
    const run = runAt(step, i);
    const at = valueAt(y, from) + run.to;
    if (run.source < 0) clear(at, y.stride, run.count, to - from);
    else copy(read(step, run.source), from, run, at, y.stride, to - from);
  }
}

/** Adds the adjoint of the result to where its columns came from. */
export function moveBackward(step: Step, from: i32, to: i32): void {
  const y = write(step, 0);
  for (let i = 0; i < runs(step); i++) {
    const run = runAt(step, i);
    if (run.source >= 0) add(read(step, run.source), from, run, adjointAt(y, from) + run.to, y.stride, to - from);
  }
}

function copy(x: Operand, from: i32, run: Run, y: usize, stride: usize, rows: i32): void {
  const count = run.count;
  const step = x.stride;
  let p = valueAt(x, from) + run.from;
  for (; rows > 0; rows--) {
    let at: usize = 0;
    for (let left = count; left >= 4; left -= 4, at += 16) v128.store(y + at, v128.load(p + at));
    if (count & 2) {
      store<u64>(y + at, load<u64>(p + at));
      at += 8;
    }
    if (count & 1) store<f32>(y + at, load<f32>(p + at));
    p += step;
    y += stride;
  }
}

function clear(y: usize, stride: usize, columns: i32, rows: i32): void {
  for (; rows > 0; rows--) {
    for (let j = 0; j < columns; j++) store<f32>(y + (<usize>j << 2), 0);
    y += stride;
  }
}

function add(x: Operand, from: i32, run: Run, dy: usize, stride: usize, rows: i32): void {
  const count = run.count;
  const step = x.stride;
  let p = adjointAt(x, from) + run.from;
  for (; rows > 0; rows--) {
    let at: usize = 0;
    for (let left = count; left >= 4; left -= 4, at += 16) v128.store(p + at, f32x4.add(v128.load(p + at), v128.load(dy + at)));
    if (count & 2) {
      v128.store64_lane(p + at, f32x4.add(v128.load64_zero(p + at), v128.load64_zero(dy + at)), 0);
      at += 8;
    }
    if (count & 1) store<f32>(p + at, load<f32>(p + at) + load<f32>(dy + at));
    p += step;
    dy += stride;
  }
}
