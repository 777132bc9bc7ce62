import type { Step } from "@flows/core";
import type { Functions } from "../threads/functions.js";
import { type Image, imageWriter } from "./image.js";
import { allRows, type Call, jobWords, type Segment } from "./job.js";
import { chunkPlacement, type Placement, wholePlacement } from "./placement.js";
import { type Address, aligned, inputAdjointRegion, inputRegion, LINE, region } from "./regions.js";
import type { Routine } from "./routine.js";
import { startOf, writeStep } from "./steps.js";

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

/** Steps up to a barrier, or one barrier. */
function stretches(steps: readonly Step[]): readonly (readonly Step[])[] {
  const found: Step[][] = [];
  for (const step of steps)
    if (step.barrier || !found.at(-1) || found.at(-1)![0]!.barrier) found.push([step]);
    else found.at(-1)!.push(step);
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
    clear: (address: Address, bytes: number): Call => struct(functions.clear, [address, bytes]),
    carry: (source: Address, sourceStride: number, target: Address, targetStride: number, bytes: number): Call =>
      struct(functions.carry, [source, sourceStride, target, targetStride, bytes]),
    gather: (address: Address, stride: number): Call => struct(functions.gatherParts, [address, stride, parts]),
  };
}

const start = (number: number): Address => ({ region: number, offset: 0 });
const linesOf = (bytes: number): number => bytes / LINE;

/** For all rows at once: with a tape, or with barriers. */
export function wholePlan(routine: Routine, functions: Functions, rows: number, parts: number): Plan {
  const placement = wholePlacement(routine, rows);
  const draft = drafting(routine, functions, placement, rows, parts);
  const { registers: registerBytes, adjoints: adjointBytes, own: ownBytes } = placement.bytes;
  const gradientBytes = aligned(4 * startOf(routine, routine.buffers.length));
  const split = (calls: readonly Call[]): Segment => ({ rows: allRows, chunk: CHUNK, who: "split", calls });
  const lines = (bytes: number, segmentWho: "split" | "first" | "every", calls: readonly Call[]): Segment => ({
    rows: linesOf(bytes),
    chunk: 2 ** 30,
    who: segmentWho,
    calls,
  });
  const alone = (calls: readonly Call[]): Segment => ({ rows: allRows, chunk: 2 ** 30, who: "first", calls });
  const runs = stretches(routine.steps);
  const forward = runs.map((run) => (run[0]!.barrier ? alone : split)(run.map((step) => draft.step(step, "forward"))));
  const clears = [
    lines(adjointBytes, "split", adjointBytes > 0 ? [draft.clear(start(region.adjoints), LINE)] : []),
    lines(ownBytes, "every", ownBytes > 0 ? [draft.clear(start(region.ownAdjoints), LINE)] : []),
    lines(gradientBytes, "every", gradientBytes > 0 ? [draft.clear(start(region.gradients), LINE)] : []),
    split(routine.inputs.map((input, i) => draft.clear(start(inputAdjointRegion(i)), widthBytes(input)))),
  ];
  const bytes = widthBytes(routine.output);
  const seed = split([draft.carry(start(region.dOutput), bytes, placement.adjointOf(routine.output)!, bytes, bytes)]);
  const sumOwn = (step: Step): Segment[] =>
    step.writes.map((register) =>
      lines(aligned(widthBytes(register)), "first", parts > 1 ? [draft.gather(placement.adjointOf(register)!, ownBytes)] : []),
    );
  const backward = [...runs].reverse().flatMap((run) => {
    const calls = [...run].reverse().map((step) => draft.step(step, "backward"));
    return run[0]!.barrier ? [...sumOwn(run[0]!), alone(calls)] : [split(calls)];
  });
  const total = lines(
    gradientBytes,
    "split",
    parts > 1 && gradientBytes > 0 ? [draft.gather(start(region.allGradients), gradientBytes)] : [],
  );
  return {
    image: draft.writer.done(),
    forward: jobWords(forward),
    backward: jobWords([...clears, seed, ...backward, total]),
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
    forward: jobWords([{ rows: allRows, chunk: CHUNK, who: "split", calls }]),
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
