import type { Machine } from "../machine/about.js";
import type { Measured } from "../measures/measure.js";
import type { Ratio } from "./ratios.js";
import type { Row } from "./row.js";

/** What a run found. */
export interface Found {
  readonly date: string;
  readonly machine: Machine;
  readonly quick: boolean;
  /** Cores that other programs kept busy before the run. */
  readonly coresInUse: number;
  readonly rows: readonly Row[];
  readonly ratios: readonly Ratio[];
  readonly measured: readonly Measured[];
  /** Who was left out, and why. */
  readonly leftOut: readonly string[];
  /** Implementations of ours that broke. */
  readonly broken: readonly string[];
}
