import type { Step } from "@flows/core";
import type { Functions } from "../threads/functions.js";
import { type Image, imageWriter } from "./image.js";
import { allRows, type Call, jobWords, type Segment, WHOLE } from "./job.js";
import { chunkPlacement, type Placement, wholePlacement } from "./placement.js";
import { type Address, aligned, inputAdjointRegion, inputRegion, LINE, region } from "./regions.js";
import type { Routine } from "./routine.js";
import { startOf, total, writeStep } from "./steps.js";

/** Rows that run through all steps between two barriers before the next ones start: their registers stay in the cache. */
export const CHUNK = 128;

/** A routine ready to run: structs, jobs, and the room they need. */
export interface Plan {
  readonly image: Image;
  readonly forward: Int32Array;
  /** Of a plan for all rows. */
  readonly backward: Int32Array | undefined;
  readonly registerBytes: number;
  readonly adjointBytes: number;
  /** Of each part. */
  readonly ownBytes: number;
  readonly gradientBytes: number;
  readonly scratchBytes: number;
}

/** Barriers, and the steps from there to the next barrier. */
interface Stretch {
  readonly barriers: readonly Step[];
  readonly steps: readonly Step[];
}

function stretches(steps: readonly Step[]): readonly Stretch[] {
  const found: { barriers: Step[]; steps: Step[] }[] = [{ barriers: [], steps: [] }];
  for (const step of steps) {
    const last = found.at(-1)!;
    if (!step.barrier) last.steps.push(step);
    else if (last.steps.length === 0) last.barriers.push(step);
    else found.push({ barriers: [step], steps: [] });
  }
  return found;
}

const widthBytes = ({ width }: { readonly width: number }): number => 4 * width;

/** Writes the structs of a routine and of what goes on around its steps. */
function drafting(routine: Routine, functions: Functions, placement: Placement, rows: number, parts: number) {
  const writer = imageWriter();
  const struct = (call: number, words: readonly (Address | number)[]): Call => {
    const { at } = writer;
    for (const word of words) typeof word === "number" ? writer.word(word) : writer.address(word);
    return { call, at };
  };
  const at = new Map(routine.steps.map((step) => [step, writeStep(writer, step, functions.rowsOf(step.op), routine, placement, rows)]));
  return {
    writer,
    step: (step: Step, way: "forward" | "backward"): Call => ({ call: functions.numberOf(step.op, way), at: at.get(step)! }),
    clear: (address: Address, bytes: number, count = 0): Call => struct(functions.clear, [address, bytes, count]),
    carry: (source: Address, sourceStride: number, target: Address, targetStride: number, bytes: number): Call =>
      struct(functions.carry, [source, sourceStride, target, targetStride, bytes]),
    gather: (target: Address, source: Address, stride: number, lines = 0): Call =>
      struct(functions.gatherParts, [target, source, stride, parts, lines]),
  };
}

const start = (number: number): Address => ({ region: number, offset: 0 });

/** A part's adjoints of shared rows, and their sums behind them. */
export const ownRoomOf = (ownBytes: number): number => 2 * ownBytes;

/** For all rows at once: with a tape, or with barriers. */
export function wholePlan(routine: Routine, functions: Functions, rows: number, parts: number): Plan {
  const placement = wholePlacement(routine, rows);
  const draft = drafting(routine, functions, placement, rows, parts);
  const { registers: registerBytes, adjoints: adjointBytes, own: ownBytes } = placement.bytes;
  const gradientBytes = aligned(4 * startOf(routine, routine.buffers.length));
  const runs = stretches(routine.steps);
  const way = (steps: readonly Step[], direction: "forward" | "backward"): Call[] => steps.map((step) => draft.step(step, direction));
  const forward = runs.map(
    ({ barriers, steps }): Segment => ({ rows: allRows, chunk: CHUNK, first: way(barriers, "forward"), calls: way(steps, "forward") }),
  );
  const lines = (bytes: number, calls: readonly Call[], first: readonly Call[] = []): Segment => ({
    rows: bytes / LINE,
    chunk: WHOLE,
    first,
    calls: bytes > 0 ? calls : [],
  });
  const emptied = (number: number, bytes: number): Call[] => (bytes > 0 ? [draft.clear(start(number), LINE, bytes / LINE)] : []);
  const clears = lines(
    adjointBytes,
    [draft.clear(start(region.adjoints), LINE)],
    [...emptied(region.ownAdjoints, ownBytes), ...emptied(region.gradients, gradientBytes)],
  );
  const bytes = widthBytes(routine.output);
  const seeds = [
    ...routine.inputs.map((input, i) => draft.clear(start(inputAdjointRegion(i)), widthBytes(input))),
    draft.carry(start(region.dOutput), bytes, placement.adjointOf(routine.output)!, bytes, bytes),
  ];
  const sums = (barrier: Step): Call[] =>
    barrier.writes.flatMap((register) => {
      const own = placement.adjointOf(register)!;
      return draft.gather(total(own)!, { ...own, region: region.allOwn }, ownRoomOf(ownBytes), aligned(widthBytes(register)) / LINE);
    });
  // A stretch runs back, then its barriers, which need the sums of all parts: so they come with the stretch before.
  const backward = runs.map((_, i): Segment => {
    const later = runs[runs.length - i];
    const { steps } = runs[runs.length - 1 - i]!;
    const barriers = later ? [...later.barriers].reverse() : [];
    const calls = [...way(barriers, "backward"), ...way([...steps].reverse(), "backward")];
    return { rows: allRows, chunk: CHUNK, first: barriers.flatMap(sums), calls: i === 0 ? [...seeds, ...calls] : calls };
  });
  const outermost = [...runs[0]!.barriers].reverse();
  const last: Segment = { rows: allRows, chunk: CHUNK, first: outermost.flatMap(sums), calls: way(outermost, "backward") };
  const gathered = lines(
    gradientBytes,
    parts > 1 ? [draft.gather(start(region.allGradients), start(region.allGradients), gradientBytes)] : [],
  );
  return {
    image: draft.writer.done(),
    forward: jobWords(forward),
    backward: jobWords([clears, ...backward, last, gathered]),
    registerBytes,
    adjointBytes,
    ownBytes,
    gradientBytes,
    scratchBytes: scratchOf(routine, functions),
  };
}

/** For values alone, a chunk of rows at a time: needs the same room whatever the number of rows is. */
export function chunkPlan(routine: Routine, functions: Functions): Plan {
  const placement = chunkPlacement(routine, CHUNK);
  const draft = drafting(routine, functions, placement, CHUNK, 1);
  const carryIn = routine.inputs.map((input, i) => {
    const bytes = widthBytes(input);
    return draft.carry(start(inputRegion(i)), bytes, placement.placeOf(input), 0, bytes);
  });
  const local = (call: Call): Call => ({ ...call, local: true });
  const bytes = widthBytes(routine.output);
  const calls = [
    ...carryIn,
    local(draft.clear(start(region.logDet), 4)),
    ...routine.steps.map((step) => local(draft.step(step, "forward"))),
    draft.carry(placement.placeOf(routine.output), 0, start(region.output), bytes, bytes),
    draft.carry(start(region.logDet), 0, start(region.logDetOut), 4, 4),
  ];
  return {
    image: draft.writer.done(),
    forward: jobWords([{ rows: allRows, chunk: CHUNK, calls }]),
    backward: undefined,
    registerBytes: placement.bytes.registers,
    adjointBytes: 0,
    ownBytes: 0,
    gradientBytes: 0,
    scratchBytes: scratchOf(routine, functions),
  };
}

const scratchOf = ({ steps }: Routine, functions: Functions): number =>
  aligned(Math.max(0, ...steps.map((step) => functions.rowsOf(step.op).scratch?.(step, CHUNK) ?? 0)));
