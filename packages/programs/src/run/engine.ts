import type { Functions } from "../commands/functions.js";
import { rebase } from "../commands/image.js";
import { aligned, type Bases, LINE } from "../commands/regions.js";
import type { Routine } from "../commands/routine.js";
import type { Arena } from "../memory/arena.js";
import { chunkPlan } from "../plans/chunk-plan.js";
import type { Plan, WholePlan, WholePlanner } from "../plans/plan.js";

/** Who runs command buffers, in a fixed number of parts. */
export interface Workers {
  readonly parts: number;
  /** `commands` is an address. */
  run(commands: number): void;
}

/** What runs routines. */
export interface Engine {
  readonly functions: Functions;
  readonly parts: number;
  /** For all rows, as gradients and barriers need it; the same plan for the same routine and rows. */
  whole(routine: Routine, rows: number): WholePlan;
  /** For values alone. */
  chunked(routine: Routine): Plan;
  /** Runs a plan's command buffer; `bases` gives the regions' addresses for a part. */
  run(plan: Plan, commands: Int32Array, rows: number, bases: (part: number, scratch: number, own: number) => Bases): void;
  /**
   * Runs a command buffer on structs of its own: one for all parts, or one for each. Gives the address of the first; the next lies
   * `STRUCT_STRIDE` bytes on.
   */
  runStructs(structs: readonly Int32Array[], commands: Int32Array, rows: number): number;
}

/** So many numbers of rows are remembered for each routine, and so many command buffers. */
const remembered = 8;

/** Bytes that a struct of `runStructs` may have. */
export const STRUCT_STRIDE = 2 * LINE;

/** A command buffer and its images in memory, and the addresses that each part's image holds now. */
interface Placed {
  readonly at: number;
  readonly bytes: number;
  readonly bases: readonly Bases[];
}

/** Keeps the newest of a map's entries. */
function refresh<K, V>(map: Map<K, V>, key: K, value: V, forgotten: (value: V) => void = () => undefined): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= remembered) return;
  const [oldest, old] = map.entries().next().value!;
  map.delete(oldest);
  forgotten(old);
}

export function engine(arena: Arena, functions: Functions, workers: Workers, wholePlan: WholePlanner): Engine {
  const { parts } = workers;
  const wholes = new WeakMap<Routine, Map<number, WholePlan>>();
  const chunked = new WeakMap<Routine, Plan>();
  const buffers = new Map<Int32Array, Placed>();
  /** Where command buffers on structs of their own lie, each for good. */
  const standing = new Map<Int32Array, number>();
  const release = ({ at, bytes }: Placed): void => arena.release(at, bytes);
  const heap = (): Int32Array => new Int32Array(arena.memory.buffer);
  return {
    functions,
    parts,
    whole: (routine, rows) => {
      const known = wholes.get(routine) ?? new Map<number, WholePlan>();
      wholes.set(routine, known);
      const plan = known.get(rows) ?? wholePlan(routine, functions, rows, parts);
      refresh(known, rows, plan);
      return plan;
    },
    chunked: (routine) => {
      const plan = chunked.get(routine) ?? chunkPlan(routine, functions);
      chunked.set(routine, plan);
      return plan;
    },
    run: ({ image, scratchBytes, roomBytes }, commands, rows, basesOf) => {
      const imageBytes = aligned(4 * image.words.length);
      const partBytes = imageBytes + scratchBytes;
      const bytes = parts * (partBytes + roomBytes) + 4 * commands.length;
      const known = buffers.get(commands);
      const placed = known ?? {
        at: arena.allocate(bytes),
        bytes,
        bases: Array.from({ length: parts }, () => new Float64Array(image.places.length)),
      };
      refresh(buffers, commands, placed, release);
      const { at, bases } = placed;
      const [cells, commandsAt] = [heap(), at + bytes - 4 * commands.length];
      if (!known) {
        for (let part = 0; part < parts; part++) cells.set(image.words, (at + part * partBytes) / 4);
        lay(cells, commands, commandsAt, at, partBytes);
      }
      for (let part = 0; part < parts; part++) {
        const start = at + part * partBytes;
        rebase(image, cells, start / 4, bases[part]!, basesOf(part, start + imageBytes, at + parts * partBytes + part * roomBytes));
      }
      cells[commandsAt / 4 + 1] = rows;
      workers.run(commandsAt);
    },
    runStructs: (structs, commands, rows) => {
      const room = structs.length * STRUCT_STRIDE;
      const placed = standing.get(commands);
      const at = placed ?? arena.allocate(room + 4 * commands.length);
      const cells = heap();
      if (placed === undefined) {
        standing.set(commands, at);
        lay(cells, commands, at + room, at, structs.length > 1 ? STRUCT_STRIDE : 0);
      }
      for (let i = 0; i < structs.length; i++) cells.set(structs[i]!, (at + i * STRUCT_STRIDE) / 4);
      cells[(at + room) / 4 + 1] = rows;
      workers.run(at + room);
      return at;
    },
  };
}

/** Puts a command buffer into memory, with the address of its first part's structs and the bytes from there to the next part's. */
function lay(cells: Int32Array, commands: Int32Array, at: number, structs: number, stride: number): void {
  cells.set(commands, at / 4);
  cells[at / 4 + 2] = structs;
  cells[at / 4 + 3] = stride;
}
