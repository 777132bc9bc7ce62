import { workerSource } from "../generated/worker.js";
import type { Duty } from "./member.js";

/** A thread at work. */
export interface Worker {
  terminate(): void;
}

const nodes = () => globalThis.process?.getBuiltinModule?.("node:worker_threads");

/** True where this engine can start workers from source text. */
export const canStart = (): boolean => nodes() !== undefined || typeof globalThis.Worker === "function";

/** Starts a worker from its source text, so that no file is looked up. It keeps no process alive. */
export function startWorker(duty: Duty): Worker {
  const node = nodes();
  if (node) {
    const worker = new node.Worker(workerSource, { eval: true, workerData: duty });
    worker.unref();
    return { terminate: () => void worker.terminate() };
  }
  const url = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
  const worker = new globalThis.Worker(url);
  worker.postMessage(duty);
  return {
    terminate: () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}
