/** What jobs do around the steps: structs of their own, rows or lines of 64 bytes. */

@unmanaged
class Clearing {
  at: usize;
  /** Bytes of a row. */
  bytes: usize;
}

/** Sets the rows from..to to 0. */
export function clear(clearing: Clearing, from: i32, to: i32): void {
  memory.fill(clearing.at + <usize>from * clearing.bytes, 0, <usize>(to - from) * clearing.bytes);
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
  at: usize;
  /** Bytes from one part to the next. */
  stride: usize;
  parts: i32;
}

/** Adds the lines from..to of all parts into the first. */
export function gatherParts(gathering: Gathering, from: i32, to: i32): void {
  const end = gathering.at + (<usize>to << 6);
  for (let part = 1; part < gathering.parts; part++) {
    let other = gathering.at + <usize>part * gathering.stride + (<usize>from << 6);
    for (let at = gathering.at + (<usize>from << 6); at < end; at += 64) {
      v128.store(at, f32x4.add(v128.load(at), v128.load(other)));
      v128.store(at, f32x4.add(v128.load(at, 16), v128.load(other, 16)), 16);
      v128.store(at, f32x4.add(v128.load(at, 32), v128.load(other, 32)), 32);
      v128.store(at, f32x4.add(v128.load(at, 48), v128.load(other, 48)), 48);
      other += 64;
    }
  }
}
