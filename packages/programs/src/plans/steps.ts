import type { Register, Step } from "@flows/core/author";
import type { ImageWriter } from "../commands/image.js";
import { type Address, bufferRegion, region } from "../commands/regions.js";
import type { Routine } from "../commands/routine.js";
import type { Placement } from "./placement.js";

/** Writes a step's struct (assembly/rows/step.ts) and gives its place in bytes. */
export function writeStep(writer: ImageWriter, step: Step, routine: Routine, placement: Placement, rows: number): number {
  const { at } = writer;
  const { spec, reads, writes, params } = step;
  writer.address({ region: region.logDet, offset: 0 });
  writer.address({ region: region.dLogDet, offset: 0 });
  writer.address({ region: region.scratch, offset: 0 });
  for (const count of [rows, reads.length, writes.length, params.length]) writer.word(count);
  const operand = (value: Address, adjoint: Address | undefined, width: number, stride: number): void => {
    writer.address(value);
    writer.address(adjoint);
    writer.word(width);
    writer.word(stride);
  };
  const register = (r: Register, adjoint: Address | undefined): void =>
    operand(placement.placeOf(r), adjoint, r.width, r.shared ? 0 : 4 * r.width);
  for (const r of reads) register(r, placement.adjointOf(r));
  for (const r of writes) register(r, spec.barrier ? total(placement.adjointOf(r)) : placement.adjointOf(r));
  for (const { buffer, offset, size } of params)
    operand(
      { region: bufferRegion(routine, buffer), offset: 4 * offset },
      { region: region.gradients, offset: 4 * (startOf(routine, buffer) + offset) },
      size,
      0,
    );
  for (const word of spec.words(step)) writer.word(word);
  return at;
}

/** The sum over all parts of the adjoint of a row that all share. */
export const total = (own: Address | undefined): Address | undefined => own && { ...own, region: region.totals };

/** Where a buffer's gradient begins among all gradients, in numbers. */
export const startOf = ({ buffers }: Routine, buffer: number): number => buffers.slice(0, buffer).reduce((sum, size) => sum + size, 0);
