import type { Functions } from "../commands/functions.js";
import type { Image } from "../commands/image.js";
import { aligned } from "../commands/regions.js";
import type { Routine } from "../commands/routine.js";

/** The most rows that run through all steps between two barriers before the next ones start, and the least. */
const [MOST_ROWS, LEAST_ROWS] = [128, 16];
/** Bytes that the registers of one step may have: beyond them they leave the cache. */
const STEP_BYTES = 2 ** 20;

/** Rows that run through all steps between two barriers before the next ones start: so many that a step's registers stay in the cache. */
export function chunkOf({ steps }: Routine): number {
  const widths = steps.map(({ reads, writes }) => [...reads, ...writes].reduce((sum, { width }) => sum + width, 0));
  const fitting = 8 * Math.floor(STEP_BYTES / (4 * 8 * Math.max(1, ...widths)));
  return Math.min(MOST_ROWS, Math.max(LEAST_ROWS, fitting));
}

/** A routine ready to run: structs, command buffers, and the room they need. */
export interface Plan {
  readonly image: Image;
  readonly forward: Int32Array;
  readonly registerBytes: number;
  readonly scratchBytes: number;
  /** What each part has for itself: in a plan of chunks its registers, else adjoints of shared rows. */
  readonly roomBytes: number;
}

/** For all rows at once: what a gradient needs. */
export interface WholePlan extends Plan {
  readonly backward: Int32Array;
  /** Forward and backward in one command buffer, where of the forward only the log-dets are wanted. */
  readonly both: Int32Array;
  readonly adjointBytes: number;
  /** Of each part. */
  readonly ownBytes: number;
  readonly gradientBytes: number;
}

/** Makes the plan for so many rows, cut into so many parts. */
export type WholePlanner = (routine: Routine, functions: Functions, rows: number, parts: number) => WholePlan;

/** A part's adjoints of shared rows, and their sums behind them. */
export const ownRoomOf = (ownBytes: number): number => 2 * ownBytes;

export const scratchOf = (routine: Routine, { productBytes }: Functions): number =>
  aligned(Math.max(0, ...routine.steps.map((step) => step.spec.scratch(step, chunkOf(routine), productBytes))));
