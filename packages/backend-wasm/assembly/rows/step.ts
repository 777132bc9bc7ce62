/**
 * One call of a row kernel as it lies in memory, 32-bit words: this head, the operands (reads, writes, parameters), the settings.
 * `forward(step, from, to)` writes the rows from..to of what it writes and adds to `logDet`; `backward(step, from, to)` adds to the
 * adjoints of what it reads and of the parameters. Rows outside from..to are not touched.
 * A barrier's forward is called for all rows, by every thread, and writes shared rows; its backward for some rows, with the adjoints of
 * what it wrote summed up.
 */
@unmanaged
export class Step {
  /** [rows] */
  logDet: usize;
  dLogDet: usize;
  /** Room of the call's own, as large as the kernel asked for. */
  scratch: usize;
  /** Of the batch. */
  rows: i32;
  reads: i32;
  writes: i32;
  params: i32;
}

/** A register [rows, width], or a parameter [width]. */
@unmanaged
export class Operand {
  value: usize;
  /** 0 where nobody wants it. */
  adjoint: usize;
  width: i32;
  /** Bytes from one row to the next; 0 where all rows share one. */
  stride: usize;
}

@inline
function operand(step: Step, index: i32): Operand {
  return changetype<Operand>(changetype<usize>(step) + offsetof<Step>() + <usize>index * offsetof<Operand>());
}

@inline
export function read(step: Step, index: i32): Operand {
  return operand(step, index);
}

@inline
export function write(step: Step, index: i32): Operand {
  return operand(step, step.reads + index);
}

@inline
export function param(step: Step, index: i32): Operand {
  return operand(step, step.reads + step.writes + index);
}

/** Where the settings begin. */
@inline
export function settings(step: Step): usize {
  return changetype<usize>(operand(step, step.reads + step.writes + step.params));
}

@inline
export function wholeSetting(step: Step, index: usize): i32 {
  return load<i32>(settings(step) + (index << 2));
}

@inline
export function setting(step: Step, index: usize): f32 {
  return load<f32>(settings(step) + (index << 2));
}

/** The address of a row. */
@inline
export function valueAt(operand: Operand, row: i32): usize {
  return operand.value + <usize>row * operand.stride;
}

@inline
export function adjointAt(operand: Operand, row: i32): usize {
  return operand.adjoint + <usize>row * operand.stride;
}
