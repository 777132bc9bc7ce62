/** The struct of a call as the README of @flows/backend-wasm says it: this head, then an operand for each read, write and parameter, then the settings. */
@unmanaged
export class Step {
  logDet: usize;
  dLogDet: usize;
  scratch: usize;
  rows: i32;
  reads: i32;
  writes: i32;
  params: i32;
}

/** A register [rows, width] or a parameter [width], in float32. */
@unmanaged
export class Operand {
  value: usize;
  adjoint: usize;
  width: i32;
  /** Bytes from one row to the next. */
  stride: usize;
}

/** Operands by number, reads first; the one after the last is where the settings begin. */
export function operand(step: Step, index: i32): Operand {
  return changetype<Operand>(changetype<usize>(step) + offsetof<Step>() + <usize>index * offsetof<Operand>());
}

export function valueAt(operand: Operand, row: i32, column: i32): usize {
  return operand.value + <usize>row * operand.stride + ((<usize>column) << 2);
}

export function adjointAt(operand: Operand, row: i32, column: i32): usize {
  return operand.adjoint + <usize>row * operand.stride + ((<usize>column) << 2);
}

export function addTo(address: usize, amount: f64): void {
  store<f32>(address, <f32>(<f64>load<f32>(address) + amount));
}
