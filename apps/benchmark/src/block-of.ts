import type { Block } from "./workload.js";

/** Times so many calls, made one after the other by `run`. */
export const blockOf =
  (run: (calls: number) => Promise<void>) =>
  async (calls: number): Promise<Block> => {
    const from = performance.now();
    await run(calls);
    return { ms: performance.now() - from, units: calls };
  };

/** The same call again and again. */
export const repeated =
  (call: () => Promise<unknown>) =>
  async (calls: number): Promise<void> => {
    for (let i = 0; i < calls; i++) await call();
  };
