import { type KernelFunction, nextSegment, runPart } from "./interpret.js";

/**
 * Words of the block through which threads agree, each on a cache line of its own: the number of the newest command buffer's first
 * segment (0 while it is being announced), that buffer's place and the number after its last segment, parts done over all buffers, ...;
 * from `claims` on there is one for each part.
 */
export const word = { newest: 0, commands: 16, end: 32, done: 48, failed: 64, ready: 80, stop: 96, claims: 112 } as const;
export const controlWords = (parts: number): number => word.claims + 16 * parts;

/** Segments are numbered from here on, through all command buffers. */
export const FIRST = 1;

/** Looks at a word before a thread goes to sleep: up to a millisecond for the others' parts, a few for the next command buffer. */
const SPINS = { part: 30_000, commands: 200_000 } as const;

/** What all threads of a pool know. */
export interface Common {
  readonly sources: readonly { readonly module: WebAssembly.Module; readonly names: readonly string[] }[];
  readonly memory: WebAssembly.Memory;
  /** Where the control block begins, in words. */
  readonly control: number;
  /** Rows are cut into so many parts, whatever the number of threads is. */
  readonly parts: number;
}

/** What a worker is told once. */
export interface Duty extends Common {
  /** The part it looks for first. */
  readonly home: number;
}

/**
 * Takes part in the newest command buffer: of each segment, once the one before is done, it claims parts that nobody has claimed yet, its
 * own first. A thread that comes late, or not at all, holds nobody up: segments are numbered on from buffer to buffer, so a claim for one
 * that is over fails. Gives false where the buffer ended without this thread, and where a thread has failed.
 */
export function takePart(
  table: readonly KernelFunction[],
  cells: Int32Array,
  { control, parts }: Common,
  home: number,
  sleeps: boolean,
): boolean {
  const first = Atomics.load(cells, control + word.newest);
  const commands = Atomics.load(cells, control + word.commands);
  const end = Atomics.load(cells, control + word.end);
  // Another command buffer was announced in between: these words do not belong together.
  if (first === 0 || Atomics.load(cells, control + word.newest) !== first) return false;
  const [done, claims] = [control + word.done, control + word.claims];
  const isOver = (): boolean => Atomics.load(cells, control + word.newest) !== first || Atomics.load(cells, control + word.failed) === 1;
  /** Until so many parts are done, over all command buffers. */
  const reach = (count: number): boolean => {
    for (let i = 1; ; i++) {
      const now = Atomics.load(cells, done);
      if (now >= count) return true;
      if (i % 1024 === 0 && isOver()) return false;
      if (sleeps && i > SPINS.part) Atomics.wait(cells, done, now, 10);
    }
  };
  let segmentAt = commands + 4;
  for (let segment = first; segment < end; segment++) {
    if (!reach(segment * parts)) return false;
    for (let i = 0; i < parts; i++) {
      const part = (home + i) % parts;
      if (Atomics.compareExchange(cells, claims + 16 * part, segment, segment + 1) !== segment) continue;
      runPart(table, cells, commands, segmentAt, part, parts);
      if (Atomics.add(cells, done, 1) + 1 === (segment + 1) * parts) Atomics.notify(cells, done);
    }
    segmentAt = nextSegment(cells, segmentAt);
  }
  return reach(end * parts);
}

/** A worker's life: takes part in every command buffer until it is told to stop. */
export function member(duty: Duty): void {
  const { sources, memory, control, home } = duty;
  const table = sources.flatMap(({ module, names }) => {
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return names.map((name) => exports[name] as KernelFunction);
  });
  let cells = new Int32Array(memory.buffer);
  let seen = Atomics.load(cells, control + word.newest);
  Atomics.add(cells, control + word.ready, 1);
  for (;;) {
    for (let i = 0; Atomics.load(cells, control + word.newest) === seen; i++)
      if (i > SPINS.commands) Atomics.wait(cells, control + word.newest, seen);
    seen = Atomics.load(cells, control + word.newest);
    if (Atomics.load(cells, control + word.stop) === 1) return;
    // The memory may have grown: a view knows only the length it was made with.
    if (cells.buffer !== memory.buffer) cells = new Int32Array(memory.buffer);
    try {
      takePart(table, cells, duty, home, true);
    } catch {
      Atomics.store(cells, control + word.failed, 1);
      return;
    }
  }
}
