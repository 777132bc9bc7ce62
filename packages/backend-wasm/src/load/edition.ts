import type { AnyKernel, RowKernel } from "@flows/core/author";
import type { Engine, Training, WholePlanner } from "@flows/programs";
import type { Device } from "../device/device.js";
import type { Override } from "../kernels/override.js";

/** What one entry of this package is made of. Both run programs; what only one needs is handed over here, so that the other is without it. */
export interface Edition {
  /** The name tfjs knows the backend by. */
  readonly name: string;
  /** Its builds of the kernels, as src/builds.ts takes them apart. */
  readonly text: string;
  /** tfjs kernels that it replaces. */
  readonly overrides: readonly Override[];
  /** For all rows at once: what a gradient needs, and barriers. */
  readonly wholePlan: WholePlanner;
  /** Without it the backend only scores and draws. */
  readonly training?: Training;
  /** A plugin's row kernel in JavaScript, on the tape. */
  readonly onTape: (kernel: RowKernel) => AnyKernel;
  /** Its kernels beside those of programs, row ops and noise. */
  readonly kernels: (device: Device, engine: Engine) => readonly AnyKernel[];
  /** Called when all tfjs kernels are registered under its name: registers their gradients, or sees to it that nobody asks for one. */
  readonly prepareTape: (name: string) => void;
}
