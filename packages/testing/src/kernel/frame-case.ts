import type { RowCase, RowKernel, Step } from "@flows/core/author";
import type { Result } from "../close.js";

/** Where reads, parameters and adjoints of n rows start from: the same numbers every time. */
export interface Inputs {
  readonly rows: number;
  readonly reads: readonly Float64Array[];
  readonly params: readonly Float64Array[];
  /** The adjoints of the results and of the log-dets: the weights of the scalar that `measure` differentiates. */
  readonly dResults: readonly Float64Array[];
  readonly dLogDet: Float64Array;
}

/** A kernel on memory, and the composite it must equal. */
export interface FrameCase {
  readonly kernel: RowKernel;
  readonly step: Step;
  readonly domains?: RowCase["domains"];
  /** Parameter values; without them random ones. */
  readonly params?: readonly ArrayLike<number>[];
  /** What composites give for these inputs: "value", "logDet", "d read 0", "d param 0", ... */
  readonly truth: (inputs: Inputs) => Promise<Result>;
}

/** Gives a case to a check and frees what it took. */
export type WithCase = (check: (frameCase: FrameCase) => Promise<void>) => Promise<void>;
