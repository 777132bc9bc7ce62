import { fail } from "@flows/core/author";
import type { Arena } from "@flows/programs";
import { cores } from "./cores.js";
import type { Functions } from "./functions.js";
import { runAlone } from "./interpret.js";
import { type Common, controlWords, FIRST, takePart, word } from "./member.js";
import { canStart, startWorker, type Worker } from "./start-worker.js";

/** Runs command buffers in a fixed number of parts, on as many threads as there are. */
export interface ThreadPool {
  readonly parts: number;
  /** `commands` is an address. */
  run(commands: number): void;
  dispose(): void;
}

/** True where this thread may sleep: not on a page's main thread. */
const maySleep = (): boolean => typeof document === "undefined";
const isShared = ({ memory }: Arena<WebAssembly.Memory>): boolean => canStart() && !(memory.buffer instanceof ArrayBuffer);

/**
 * How the rows are cut depends on `parts` alone, so the numbers are the same whether the workers have started, are busy with something
 * else, are fewer than the parts because the machine has fewer cores, or do not exist. They start with the first command buffer and
 * keep no process alive.
 */
export function threadPool(arena: Arena<WebAssembly.Memory>, { sources, table }: Functions, parts: number): ThreadPool {
  const bytes = 4 * controlWords(parts);
  const at = arena.allocate(bytes);
  const control = at / 4;
  const common: Common = { sources, memory: arena.memory, control, parts };
  const heap = (): Int32Array => new Int32Array(arena.memory.buffer);
  const members = isShared(arena) ? Math.min(parts, cores()) : 1;
  let next = FIRST;
  let workers: readonly Worker[] | undefined;
  const clear = (cells: Int32Array): void => {
    cells.fill(0, control, control + bytes / 4);
    cells[control + word.done] = FIRST * parts;
    for (let part = 0; part < parts; part++) cells[control + word.claims + 16 * part] = FIRST;
  };
  clear(heap());
  const start = (): readonly Worker[] =>
    Array.from({ length: members - 1 }, (_, i) => startWorker({ ...common, home: Math.floor(((i + 1) * parts) / members) }));
  const dismiss = (): void => {
    for (const worker of workers ?? []) worker.terminate();
    workers = [];
  };
  const announce = (cells: Int32Array, commands: number, segments: number): void => {
    Atomics.store(cells, control + word.newest, 0);
    Atomics.store(cells, control + word.commands, commands);
    Atomics.store(cells, control + word.end, next + segments);
    Atomics.store(cells, control + word.newest, next);
    Atomics.notify(cells, control + word.newest);
    next += segments;
  };
  const together = (cells: Int32Array, commands: number): void => {
    announce(cells, commands, cells[commands]!);
    try {
      if (takePart(table, cells, common, 0, maySleep())) return;
    } catch (cause) {
      Atomics.store(cells, control + word.failed, 1);
      dismiss();
      throw cause;
    }
    dismiss();
    fail("backend", "flows/wasm", "a kernel failed in one of the threads. Dispose the backend and start anew.");
  };
  return {
    parts,
    run: (address) => {
      const [cells, commands] = [heap(), address / 4];
      if (members > 1) workers ??= start();
      const ready = workers !== undefined && workers.length > 0 && Atomics.load(cells, control + word.ready) > 0;
      if (ready && cells[commands]! > 0) together(cells, commands);
      else runAlone(table, cells, commands, parts);
    },
    dispose: () => {
      const cells = heap();
      Atomics.store(cells, control + word.stop, 1);
      announce(cells, 0, 1);
      dismiss();
      arena.release(at, bytes);
    },
  };
}
