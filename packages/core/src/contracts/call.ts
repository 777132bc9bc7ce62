import type { Tensor } from "@tensorflow/tfjs-core";
import type { Draws } from "./draws.js";
import type { View } from "./params.js";

/** New state by view, collected while a step runs and applied once the step proved finite. */
export type Updates = Map<View, Tensor>;

/** What one evaluation brings along. Composites hand it to their children as it is. */
export interface Call {
  /** [batch, contextFeatures] */
  readonly context?: Tensor | undefined;
  /** True only inside fit. */
  readonly training?: boolean | undefined;
  readonly updates?: Updates | undefined;
  /** Without it a module that draws does so from seed 0. */
  readonly draws?: Draws | undefined;
}

/** What a formula sees of the call: bound to its own module, whose state is the only state it can update. */
export interface Scope extends Call {
  readonly training: boolean;
  readonly draws: Draws;
  update(name: string, value: Tensor): void;
}
