import type { Register, Step } from "@flows/core/author";

/** What the engine runs: a program, or one row op on the tape. */
export interface Routine {
  readonly steps: readonly Step[];
  readonly registers: readonly Register[];
  /** Registers that come in as tensors. */
  readonly inputs: readonly Register[];
  readonly output: Register;
  /** Tensors that go out beside it, and where in them registers lie: new state. */
  readonly renewals: readonly { readonly values: readonly { readonly offset: number; readonly register: Register }[] }[];
  /** Numbers in each of the buffers that parameters lie in. */
  readonly buffers: readonly number[];
}
