import type { Register, Step } from "@flows/core/author";
import { allRows, type Command, commandBuffer, type Segment, WHOLE } from "../commands/command-buffer.js";
import type { Functions } from "../commands/functions.js";
import { aligned, inputAdjointRegion, LINE, region } from "../commands/regions.js";
import type { Routine } from "../commands/routine.js";
import { drafting, start, widthBytes } from "./draft.js";
import { wholePlacement } from "./placement.js";
import { chunkOf, ownRoomOf, scratchOf, type WholePlan } from "./plan.js";
import { startOf, total } from "./steps.js";

/** Barriers, and the steps from there to the next barrier. */
interface Stretch {
  readonly barriers: readonly Step[];
  readonly steps: readonly Step[];
}

function stretches(steps: readonly Step[]): readonly Stretch[] {
  const found: { barriers: Step[]; steps: Step[] }[] = [{ barriers: [], steps: [] }];
  for (const step of steps) {
    const last = found.at(-1)!;
    if (!step.spec.barrier) last.steps.push(step);
    else if (last.steps.length === 0) last.barriers.push(step);
    else found.push({ barriers: [step], steps: [] });
  }
  return found;
}

const lines = (bytes: number, calls: readonly Command[], first: readonly Command[] = []): Segment => ({
  rows: bytes / LINE,
  chunk: WHOLE,
  first,
  calls: bytes > 0 ? calls : [],
});

/** For all rows at once: with a tape, or with barriers. */
export function wholePlan(routine: Routine, functions: Functions, rows: number, parts: number): WholePlan {
  const placement = wholePlacement(routine, rows);
  const draft = drafting(routine, functions, placement, rows, parts);
  const { registers: registerBytes, adjoints: adjointBytes, own: ownBytes } = placement.bytes;
  const gradientBytes = aligned(4 * startOf(routine, routine.buffers.length));
  const chunk = chunkOf(routine);
  const rowwise = (first: readonly Command[], calls: readonly Command[]): Segment => ({ rows: allRows, chunk, first, calls });
  const runs = stretches(routine.steps);
  const forward = runs.map(({ barriers, steps }) => rowwise(draft.steps(barriers, "forward"), draft.steps(steps, "forward")));
  const emptied = (number: number, bytes: number): Command[] => (bytes > 0 ? [draft.clear(start(number), LINE, bytes / LINE)] : []);
  const clears = lines(
    adjointBytes,
    [draft.clear(start(region.adjoints), LINE)],
    [...emptied(region.ownAdjoints, ownBytes), ...emptied(region.gradients, gradientBytes)],
  );
  const bytes = widthBytes(routine.output);
  const unasked = routine.inputs.flatMap((input, i) => (input.shared ? [] : draft.clear(start(inputAdjointRegion(i)), widthBytes(input))));
  const asked = draft.carry(start(region.dOutput), bytes, placement.adjointOf(routine.output)!, bytes, bytes);
  const sums = (barrier: Step): Command[] =>
    barrier.writes.flatMap((register) => {
      const own = placement.adjointOf(register)!;
      return draft.gather(total(own)!, { ...own, region: region.allOwn }, ownRoomOf(ownBytes), aligned(widthBytes(register)) / LINE);
    });
  /** The adjoint of an input that all rows share: the sum of what the parts have. */
  const sharedSums = (input: Register, i: number): Segment[] => {
    if (!input.shared) return [];
    const own = { ...placement.adjointOf(input)!, region: region.allOwn };
    return [lines(aligned(widthBytes(input)), [draft.gather(start(inputAdjointRegion(i)), own, ownRoomOf(ownBytes))])];
  };
  const back = (steps: readonly Step[]): Command[] => draft.steps([...steps].reverse(), "backward");
  const innermost = back(runs.at(-1)!.steps);
  // Barriers need the sums of all parts: so they run back with the stretch before them.
  const earlier = runs.map(({ barriers }, i) => {
    const before = runs[i - 1]?.steps ?? [];
    return rowwise([...barriers].reverse().flatMap(sums), [...back(barriers), ...back(before)]);
  });
  const gather = parts > 1 ? [draft.gather(start(region.allGradients), start(region.allGradients), gradientBytes)] : [];
  const rest = [...earlier.reverse(), lines(gradientBytes, gather), ...routine.inputs.flatMap(sharedSums)];
  const [last, ...others] = [...forward].reverse();
  const turn = { ...last!, calls: [...last!.calls, ...unasked, ...innermost] };
  return {
    image: draft.done(),
    forward: commandBuffer(forward),
    backward: commandBuffer([clears, rowwise([], [...unasked, asked, ...innermost]), ...rest]),
    both: commandBuffer([clears, ...others.reverse(), turn, ...rest]),
    registerBytes,
    adjointBytes,
    ownBytes,
    gradientBytes,
    scratchBytes: scratchOf(routine, functions),
    roomBytes: ownRoomOf(ownBytes),
  };
}
