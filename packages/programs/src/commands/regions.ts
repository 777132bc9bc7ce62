import type { Routine } from "./routine.js";

/** A place in memory before its region's address is known. */
export interface Address {
  readonly region: number;
  /** Bytes from the region's start. */
  readonly offset: number;
}

/**
 * Regions that every routine has. `gradients` and `ownAdjoints` (of rows that all share) are a part's own, `allGradients` and `allOwn`
 * begin with the first part's, `totals` are sums of `allOwn`; `logDetOut` is where a chunk's log-dets go.
 */
export const region = {
  logDet: 0,
  dLogDet: 1,
  scratch: 2,
  registers: 3,
  adjoints: 4,
  ownAdjoints: 5,
  output: 6,
  dOutput: 7,
  gradients: 8,
  allGradients: 9,
  logDetOut: 10,
  allOwn: 11,
  totals: 12,
} as const;

const FIRST = Object.keys(region).length;

/** Numbers of the regions that each input, renewed buffer and buffer has. */
export const inputRegion = (i: number): number => FIRST + 2 * i;
export const inputAdjointRegion = (i: number): number => FIRST + 2 * i + 1;
export const renewalRegion = ({ inputs }: Routine, i: number): number => FIRST + 2 * inputs.length + i;
export const bufferRegion = ({ inputs, renewals }: Routine, i: number): number => FIRST + 2 * inputs.length + renewals.length + i;
const regionCount = ({ inputs, renewals, buffers }: Routine): number => FIRST + 2 * inputs.length + renewals.length + buffers.length;

export const LINE = 64;
/** The next multiple of a cache line. */
export const aligned = (bytes: number): number => Math.ceil(bytes / LINE) * LINE;

/** Addresses by region. */
export type Bases = Float64Array;
export const emptyBases = (routine: Routine): Bases => new Float64Array(regionCount(routine));
