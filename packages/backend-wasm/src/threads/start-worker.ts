import type { Duty } from "./member.js";

/** A thread at work. */
export interface Worker {
  terminate(): void;
}

const nodes = () => globalThis.process?.getBuiltinModule?.("node:worker_threads");

/** True where this engine can start workers from source text. */
export const canStart = (): boolean => nodes() !== undefined || typeof globalThis.Worker === "function";

/** Node hands the duty over with the worker, a browser by message. */
const inNode = (source: string): string => `${source} work(require("node:worker_threads").workerData);`;
const inBrowser = (source: string): string => `${source} onmessage = ({ data }) => work(data);`;

/** Starts a worker from source text. It keeps no process alive. */
export function startWorker(source: string, duty: Duty): Worker {
  const node = nodes();
  if (node) {
    const worker = new node.Worker(inNode(source), { eval: true, workerData: duty });
    worker.unref();
    return { terminate: () => void worker.terminate() };
  }
  const url = URL.createObjectURL(new Blob([inBrowser(source)], { type: "text/javascript" }));
  const worker = new globalThis.Worker(url);
  worker.postMessage(duty);
  return {
    terminate: () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}
