import { engine } from "@tensorflow/tfjs-core";
import type { AnyKernel, Backend, BackendHandle, LoadedBackend, ProgramEngine, RowOpSpec } from "../contracts/index.js";
import { fail } from "../errors.js";

/** The one live backend of the process. */
export interface Session {
  readonly backend: Backend;
  readonly loaded: LoadedBackend;
  /** By op; row ops join when they are first used. */
  readonly kernels: Map<string, AnyKernel | undefined>;
  readonly handle: BackendHandle;
}

let live: Session | undefined;

export const liveSession = (): Session | undefined => live;
export const setSession = (session: Session | undefined): void => {
  live = session;
};

/** The live backend, or an error that says how to get one. */
export const session = (): Session => live ?? fail("backend", "flows/backend", "No backend is ready. Call useBackend(wasm()) first.");

/** The session; none where tfjs was switched to another backend behind our back. */
function selected(): Session | undefined {
  const now = session();
  return now.backend.name === engine().backendName ? now : undefined;
}

/** The live backend's kernel for an op; of a row op by its spec. */
export function kernelFor(op: string, rows?: RowOpSpec): AnyKernel | undefined {
  const now = selected();
  if (rows && now && !now.kernels.has(op)) now.kernels.set(op, now.loaded.rowKernel?.(rows));
  return now?.kernels.get(op);
}

/** The live backend's engine of programs. */
export const programEngine = (): ProgramEngine | undefined => selected()?.loaded.programs;
