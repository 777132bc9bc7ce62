import type { RowKernel, Shape, Step } from "@flows/core";
import type { Result } from "../close.js";
import type { Interval } from "../plain/batch.js";
import type { Inputs } from "./memory.js";

/** A kernel on memory, and the composite it must equal. */
export interface FrameCase {
  readonly kernel: RowKernel;
  /** Its last written register is the result. */
  readonly step: Step;
  readonly paramShapes: readonly Shape[];
  /** Where the numbers of the first register lie. */
  readonly domain: Interval | undefined;
  /** Parameter values; without them random ones. */
  readonly params?: readonly ArrayLike<number>[];
  /** What composites give for these inputs: "value", "logDet", "d read 0", "d param 0", ... */
  readonly truth: (inputs: Inputs) => Promise<Result>;
}

/** Gives a case to a check and frees what it took. */
export type WithCase = (check: (frameCase: FrameCase) => Promise<void>) => Promise<void>;
