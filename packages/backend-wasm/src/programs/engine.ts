import type { Arena } from "../arena.js";
import type { Crew } from "../threads/crew.js";
import type { Functions } from "../threads/functions.js";
import { type Image, place } from "./image.js";
import { CHUNK, chunkPlan, ownRoomOf, type Plan, wholePlan } from "./plan.js";
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
  run(plan: Plan, job: Int32Array, rows: number, bases: (part: number, scratch: number, own: number) => Bases): void;
  /** Runs a job on structs of its own: one for all parts, or one for each. */
  runJob(structs: readonly Image[], job: Int32Array, rows: number): void;
}

/** So many numbers of rows are remembered for each routine; this one stands for a plan of chunks. */
const remembered = 8;
const CHUNKED = -1;

/** A job and its images in memory, as they were laid out for these addresses. */
interface Placed {
  readonly at: number;
  readonly bytes: number;
  bases: readonly Bases[];
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

const same = (a: Bases, b: Bases): boolean => a.length === b.length && a.every((address, i) => address === b[i]);

export function engine(arena: Arena, functions: Functions, crew: Crew): Engine {
  const { parts } = crew;
  const plans = new WeakMap<Routine, Map<number, Plan>>();
  const planOf = (routine: Routine, key: number, make: () => Plan): Plan => {
    const known = plans.get(routine) ?? new Map<number, Plan>();
    plans.set(routine, known);
    const plan = known.get(key) ?? make();
    refresh(known, key, plan);
    return plan;
  };
  const jobs = new Map<Int32Array, Placed>();
  const release = ({ at, bytes }: Placed): void => arena.release(at, bytes);
  const heap = (): Int32Array => new Int32Array(arena.memory.buffer);
  return {
    functions,
    parts,
    whole: (routine, rows) => planOf(routine, rows, () => wholePlan(routine, functions, rows, parts)),
    chunked: (routine) => planOf(routine, CHUNKED, () => chunkPlan(routine, functions)),
    run: ({ image, ownBytes, scratchBytes, registerBytes, backward }, job, rows, basesOf) => {
      const imageBytes = aligned(4 * image.words.length);
      // A part of a chunked plan has registers of its own, and its log-dets of a chunk behind them.
      const ownRoom = backward ? ownRoomOf(ownBytes) : aligned(registerBytes + 4 * CHUNK);
      const partBytes = imageBytes + scratchBytes;
      const bytes = parts * (partBytes + ownRoom) + 4 * job.length;
      const placed = jobs.get(job) ?? { at: arena.allocate(bytes), bytes, bases: [] };
      refresh(jobs, job, placed, release);
      const own = placed.at + parts * partBytes;
      const jobAt = own + parts * ownRoom;
      const cells = heap();
      if (placed.bases.length === 0) cells.set(job, jobAt / 4);
      placed.bases = Array.from({ length: parts }, (_, part) => {
        const start = placed.at + part * partBytes;
        const bases = basesOf(part, start + imageBytes, own + part * ownRoom);
        if (placed.bases[part] && same(placed.bases[part], bases)) return placed.bases[part];
        place(image, cells, start / 4, bases);
        return bases.slice();
      });
      cells.set([job[0]!, rows, placed.at, partBytes], jobAt / 4);
      crew.run(jobAt);
    },
    runJob: (structs, job, rows) => {
      const stride = aligned(4 * structs[0]!.words.length);
      const bytes = structs.length * stride + 4 * job.length;
      const at = arena.allocate(bytes);
      const cells = heap();
      for (const [i, { words }] of structs.entries()) cells.set(words, (at + i * stride) / 4);
      const jobAt = at + structs.length * stride;
      cells.set(job, jobAt / 4);
      cells.set([job[0]!, rows, at, structs.length > 1 ? stride : 0], jobAt / 4);
      crew.run(jobAt);
      arena.release(at, bytes);
    },
  };
}
