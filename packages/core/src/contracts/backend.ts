import type { ProgramEngine } from "./engine.js";
import type { AnyKernel } from "./kernel.js";
import type { RowOpSpec } from "./row-op.js";

/** What a backend package's factory returns: plain data, nothing happens until `useBackend`. */
export interface Backend {
  /** The name tfjs knows it by; no underscore. */
  readonly name: string;
  /** Plain settings; `useBackend` with the same name and settings gives the live handle. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly precision: "float32" | "float64";
  /** Loads, registers a tfjs backend under `name` and gives our kernels; one that trains calls `registerGradients` too. */
  load(): Promise<LoadedBackend>;
}

export interface LoadedBackend {
  readonly kernels: readonly AnyKernel[];
  /** Makes the kernel on the tape of a row op, where it has one; asked once for each op that is used. */
  readonly rowKernel?: ((spec: RowOpSpec) => AnyKernel | undefined) | undefined;
  /** Without one, chains run layer by layer. */
  readonly programs?: ProgramEngine | undefined;
  /** Frees what `load` took. Called after the tfjs backend was removed. */
  dispose(): void;
}

/** The live backend. Free it with `dispose`, or with `using`. */
export interface BackendHandle extends Disposable {
  readonly name: string;
  readonly precision: "float32" | "float64";
  dispose(): void;
}
