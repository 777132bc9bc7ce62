/** What command buffers do around the steps: structs of their own, rows or lines of 64 bytes. */

@unmanaged
class Clearing {
  at: usize;
  /** Bytes of a row. */
  bytes: usize;
  /** So many rows whatever the call says; 0 for those of the call. */
  rows: i32;
}

/** Sets the rows from..to to 0. */
export function clear(clearing: Clearing, from: i32, to: i32): void {
  if (clearing.rows > 0) memory.fill(clearing.at, 0, <usize>clearing.rows * clearing.bytes);
  else memory.fill(clearing.at + <usize>from * clearing.bytes, 0, <usize>(to - from) * clearing.bytes);
}

@unmanaged
class Carrying {
  source: usize;
  /** Bytes from one row to the next; 0 where the first row of the call lies at the start. */
  sourceStride: usize;
  target: usize;
  targetStride: usize;
  /** Bytes of a row. */
  bytes: usize;
}

/** Copies the rows from..to. */
export function carry(carrying: Carrying, from: i32, to: i32): void {
  const source = carrying.source + <usize>from * carrying.sourceStride;
  const target = carrying.target + <usize>from * carrying.targetStride;
  memory.copy(target, source, <usize>(to - from) * carrying.bytes);
}

@unmanaged
class Gathering {
  target: usize;
  /** The first part's numbers; may be the target itself. */
  source: usize;
  /** Bytes from one part to the next. */
  stride: usize;
  parts: i32;
  /** So many lines whatever the call says; 0 for those of the call. */
  lines: i32;
}

/** Puts the sum of all parts into the target, for the lines from..to. */
export function gatherParts(gathering: Gathering, from: i32, to: i32): void {
  const all = gathering.lines > 0;
  const begin = <usize>(all ? 0 : from) << 6;
  const end = <usize>(all ? gathering.lines : to) << 6;
  for (let at = begin; at < end; at += 16) {
    let from = gathering.source + at;
    let sum = v128.load(from);
    for (let part = 1; part < gathering.parts; part++) {
      from += gathering.stride;
      sum = f32x4.add(sum, v128.load(from));
    }
    v128.store(gathering.target + at, sum);
  }
}
