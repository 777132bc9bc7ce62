import { allRows, type Command, commandBuffer } from "../commands/command-buffer.js";
import type { Functions } from "../commands/functions.js";
import { aligned, inputRegion, region } from "../commands/regions.js";
import type { Routine } from "../commands/routine.js";
import { drafting, start, widthBytes } from "./draft.js";
import { chunkPlacement } from "./placement.js";
import { chunkOf, type Plan, scratchOf } from "./plan.js";

/** For values alone, a chunk of rows at a time: needs the same room whatever the number of rows is. */
export function chunkPlan(routine: Routine, functions: Functions): Plan {
  const chunk = chunkOf(routine);
  const placement = chunkPlacement(routine, chunk);
  const draft = drafting(routine, functions, placement, chunk, 1);
  const carryIn = routine.inputs.flatMap((input, i) => {
    const bytes = widthBytes(input);
    return input.shared ? [] : draft.carry(start(inputRegion(i)), bytes, placement.placeOf(input), 0, bytes);
  });
  const local = (call: Command): Command => ({ ...call, local: true });
  const bytes = widthBytes(routine.output);
  const calls = [
    ...carryIn,
    local(draft.clear(start(region.logDet), 4)),
    ...draft.steps(routine.steps, "forward").map(local),
    draft.carry(placement.placeOf(routine.output), 0, start(region.output), bytes, bytes),
    draft.carry(start(region.logDet), 0, start(region.logDetOut), 4, 4),
  ];
  const { registers: registerBytes } = placement.bytes;
  return {
    image: draft.done(),
    forward: commandBuffer([{ rows: allRows, chunk, calls }]),
    registerBytes,
    scratchBytes: scratchOf(routine, functions),
    // The log-dets of a chunk lie behind its registers.
    roomBytes: aligned(registerBytes + 4 * chunk),
  };
}
