import type { Register, Step } from "@flows/core/author";
import type { Command } from "../commands/command-buffer.js";
import type { Functions } from "../commands/functions.js";
import { type Image, imageWriter } from "../commands/image.js";
import type { Address } from "../commands/regions.js";
import type { Routine } from "../commands/routine.js";
import type { Placement } from "./placement.js";
import { writeStep } from "./steps.js";

/** Writes the structs of a routine and of what goes on around its steps; gives calls for command buffers. */
export interface Draft {
  steps(steps: readonly Step[], way: "forward" | "backward"): Command[];
  /** Zeros from an address on, `bytes` a row, or `count` such rows for everybody. */
  clear(address: Address, bytes: number, count?: number): Command;
  carry(source: Address, sourceStride: number, target: Address, targetStride: number, bytes: number): Command;
  /** The sum of what the parts have, `stride` bytes apart. */
  gather(target: Address, source: Address, stride: number, lines?: number): Command;
  done(): Image;
}

export const start = (number: number): Address => ({ region: number, offset: 0 });
export const widthBytes = ({ width }: Register): number => 4 * width;

export function drafting(routine: Routine, functions: Functions, placement: Placement, rows: number, parts: number): Draft {
  const writer = imageWriter();
  const struct = (call: number, words: readonly (Address | number)[]): Command => {
    const { at } = writer;
    for (const word of words) typeof word === "number" ? writer.word(word) : writer.address(word);
    return { call, at };
  };
  const at = new Map(routine.steps.map((step) => [step, writeStep(writer, step, routine, placement, rows)]));
  return {
    steps: (steps, way) => steps.map((step) => ({ call: functions.numberOf(step.spec.op, way), at: at.get(step)! })),
    clear: (address, bytes, count = 0) => struct(functions.clear, [address, bytes, count]),
    carry: (source, sourceStride, target, targetStride, bytes) =>
      struct(functions.carry, [source, sourceStride, target, targetStride, bytes]),
    gather: (target, source, stride, lines = 0) => struct(functions.gatherParts, [target, source, stride, parts, lines]),
    done: () => writer.done(),
  };
}
