import { ready, removeBackend, setBackend } from "@tensorflow/tfjs-core";
import type { Backend, BackendHandle } from "../contracts/index.js";
import { disposeKey } from "../dispose-key.js";
import { fail } from "../errors.js";
import { liveSession, type Session, setSession } from "./session.js";

let turn: Promise<unknown> = Promise.resolve();

/**
 * Loads a backend, registers its kernels, and selects it. One is active per process: the same name and options give the live handle,
 * others throw until it is disposed.
 *
 * @example
 * using backend = await useBackend(wasm()); // or const, and backend.dispose()
 */
export function useBackend(backend: Backend): Promise<BackendHandle> {
  const next = turn.then(() => select(backend));
  turn = next.catch(() => undefined);
  return next;
}

async function select(backend: Backend): Promise<BackendHandle> {
  const live = liveSession();
  if (live && sameSettings(live.backend, backend)) return live.handle;
  if (live) fail("backend", "flows/backend", `${live.backend.name} is active. Dispose its handle before using ${backend.name}.`);
  if (backend.name.includes("_")) fail("backend", "flows/backend", `a backend's name must not contain "_", got ${backend.name}.`);
  const loaded = await backend.load();
  if (!(await setBackend(backend.name))) fail("backend", "flows/backend", `${backend.name} did not start on this machine.`);
  await ready();
  const dispose = (): void => close(made);
  const handle = { name: backend.name, precision: backend.precision, dispose, [disposeKey]: dispose };
  const made: Session = { backend, loaded, handle, kernels: new Map(loaded.kernels.map((kernel) => [kernel.op, kernel])) };
  setSession(made);
  return handle;
}

export const sameSettings = (a: Backend, b: Backend): boolean =>
  a.name === b.name && JSON.stringify(a.options) === JSON.stringify(b.options);

/** Modules keep their numbers: `moveTo` can still fetch them. */
function close(made: Session): void {
  if (liveSession() !== made) return;
  setSession(undefined);
  removeBackend(made.backend.name);
  made.loaded.dispose();
}
