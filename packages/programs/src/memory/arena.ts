/** A block of memory that may grow: its buffer is then another. */
export interface Block {
  readonly buffer: ArrayBufferLike;
}

/** Places in one block of memory, by size class: four classes an octave, a free list each. */
export interface Arena<M extends Block = Block> {
  readonly memory: M;
  /** Bytes of places that are in use. */
  readonly used: number;
  allocate(bytes: number): number;
  release(pointer: number, bytes: number): void;
}

const LINE = 64;

/** Address 0 is never given away: kernels read it as "not wanted". */
const START = 1024;

/** The size of the place that holds `bytes`: a multiple of a cache line, at most a quarter too large above 256. */
export function blockBytes(bytes: number): number {
  const size = Math.max(bytes, LINE);
  const octave = 2 ** Math.floor(Math.log2(size - 1));
  const step = Math.max(LINE, octave / 4);
  return Math.ceil(size / step) * step;
}

/** Hands out places of a memory; `ensure` sees to it that so many bytes exist, or throws. */
export function arena<M extends Block>(memory: M, ensure: (bytes: number) => void): Arena<M> {
  const free = new Map<number, number[]>();
  let top = START;
  let used = 0;
  return {
    memory,
    get used() {
      return used;
    },
    allocate: (bytes) => {
      const size = blockBytes(bytes);
      const again = free.get(size)?.pop();
      if (again === undefined) {
        ensure(top + size);
        top += size;
      }
      used += size;
      return again ?? top - size;
    },
    release: (pointer, bytes) => {
      const size = blockBytes(bytes);
      used -= size;
      const list = free.get(size);
      if (list) list.push(pointer);
      else free.set(size, [pointer]);
    },
  };
}
