import type { Frame, Program, Step } from "@flows/core/author";

/** The registers, parameters and log-dets of some rows; or their adjoints. */
export interface Arena {
  readonly rows: number;
  readonly registers: readonly Float32Array[];
  readonly buffers: readonly Float32Array[];
  readonly logDet: Float32Array;
}

export const arenaOf = ({ registers }: Program, rows: number, buffers: readonly Float32Array[]): Arena => ({
  rows,
  buffers,
  logDet: new Float32Array(rows),
  registers: registers.map(({ width, shared }) => new Float32Array(shared ? width : rows * width)),
});

/** What one step sees of an arena. */
export const frameOf = ({ registers, buffers, logDet }: Arena, { reads, writes, params }: Step): Frame => ({
  logDet,
  reads: reads.map(({ index }) => registers[index]!),
  writes: writes.map(({ index }) => registers[index]!),
  params: params.map(({ buffer, offset, size }) => buffers[buffer]!.subarray(offset, offset + size)),
});
