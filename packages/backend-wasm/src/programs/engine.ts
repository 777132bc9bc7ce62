import type { Device } from "../device.js";
import type { Crew } from "../threads/crew.js";
import type { Functions } from "../threads/functions.js";
import { type Image, place } from "./image.js";
import { CHUNK, chunkPlan, type Plan, wholePlan } from "./plan.js";
import { aligned, type Bases } from "./regions.js";
import type { Routine } from "./routine.js";

/** What runs routines. */
export interface Engine {
  readonly functions: Functions;
  readonly parts: number;
  /** For all rows, as gradients and barriers need it; the same plan for the same routine and rows. */
  whole(routine: Routine, rows: number): Plan;
  /** For values alone. */
  chunked(routine: Routine): Plan;
  /** Runs a plan's job; `bases` gives the regions' addresses for a part. */
  /** Runs a job whose calls read one struct. */
  runJob(image: Image, job: Int32Array, rows: number): void;
  run(plan: Plan, job: Int32Array, rows: number, bases: (part: number, scratch: number, own: number) => Bases): void;
}

/** So many numbers of rows are remembered for each routine; this one stands for a plan of chunks. */
const remembered = 8;
const CHUNKED = -1;

export function engine({ arena }: Device, functions: Functions, crew: Crew): Engine {
  const plans = new WeakMap<Routine, Map<number, Plan>>();
  const planOf = (routine: Routine, key: number, make: () => Plan): Plan => {
    const known = plans.get(routine) ?? new Map<number, Plan>();
    plans.set(routine, known);
    const plan = known.get(key) ?? make();
    known.delete(key);
    known.set(key, plan);
    if (known.size > remembered) known.delete(known.keys().next().value!);
    return plan;
  };
  return {
    functions,
    parts: crew.parts,
    whole: (routine, rows) => planOf(routine, rows, () => wholePlan(routine, functions, rows, crew.parts)),
    chunked: (routine) => planOf(routine, CHUNKED, () => chunkPlan(routine, functions)),
    runJob: ({ words }, job, rows) => {
      const bytes = 4 * (words.length + job.length);
      const at = arena.allocate(bytes);
      const heap = new Int32Array(arena.memory.buffer);
      heap.set(words, at / 4);
      const jobAt = at + 4 * words.length;
      heap.set(job, jobAt / 4);
      // All parts read the same struct.
      heap.set([job[0]!, rows, at, 0], jobAt / 4);
      crew.run(jobAt);
      arena.release(at, bytes);
    },
    run: ({ image, ownBytes, scratchBytes, registerBytes, backward }, job, rows, basesOf) => {
      const { parts } = crew;
      const imageBytes = aligned(4 * image.words.length);
      // A part of a chunked plan has registers of its own, and its log-dets of a chunk behind them.
      const ownRoom = aligned(backward ? ownBytes : registerBytes + 4 * CHUNK);
      const partBytes = imageBytes + scratchBytes;
      const bytes = parts * (partBytes + ownRoom) + 4 * job.length;
      const at = arena.allocate(bytes);
      const own = at + parts * partBytes;
      const heap = new Int32Array(arena.memory.buffer);
      for (let part = 0; part < parts; part++) {
        const start = at + part * partBytes;
        place(image, heap, start / 4, basesOf(part, start + imageBytes, own + part * ownRoom));
      }
      const jobAt = own + parts * ownRoom;
      heap.set(job, jobAt / 4);
      heap.set([job[0]!, rows, at, partBytes], jobAt / 4);
      crew.run(jobAt);
      arena.release(at, bytes);
    },
  };
}
