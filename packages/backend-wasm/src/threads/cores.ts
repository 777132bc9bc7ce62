/** How many threads can run at once here. */
export const cores = (): number =>
  globalThis.process?.getBuiltinModule?.("node:os").availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
