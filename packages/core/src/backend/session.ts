import { engine } from "@tensorflow/tfjs-core";
import type { AnyKernel, Backend, BackendHandle, LoadedBackend } from "../contracts/index.js";
import { fail } from "../errors.js";

/** The one live backend of the process. */
export interface Session {
  readonly backend: Backend;
  readonly loaded: LoadedBackend;
  readonly kernels: ReadonlyMap<string, AnyKernel>;
  readonly handle: BackendHandle;
}

let live: Session | undefined;

export const liveSession = (): Session | undefined => live;
export const setSession = (session: Session | undefined): void => {
  live = session;
};

/** The live backend, or an error that says how to get one. */
export const session = (): Session => live ?? fail("backend", "flows/backend", "No backend is ready. Call useBackend(wasm()) first.");

/** The live backend's kernel for an op; none where tfjs was switched to another backend behind our back. */
export function kernelFor(op: string): AnyKernel | undefined {
  const { backend, kernels } = session();
  return backend.name === engine().backendName ? kernels.get(op) : undefined;
}
