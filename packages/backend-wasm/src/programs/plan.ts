import type { Functions } from "../threads/functions.js";
import type { Image } from "./image.js";
import { aligned } from "./regions.js";
import type { Routine } from "./routine.js";

/** Rows that run through all steps between two barriers before the next ones start: their registers stay in the cache. */
export const CHUNK = 128;

/** A routine ready to run: structs, jobs, and the room they need. */
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
  /** Forward and backward in one job, where of the forward only the log-dets are wanted. */
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

export const scratchOf = ({ steps }: Routine, functions: Functions): number =>
  aligned(Math.max(0, ...steps.map((step) => step.spec.scratch(step, CHUNK, functions.productBytes))));
