import { fail } from "../errors.js";

/** Refuses two kernels for one op: a backend's own and the plugins' together. */
export function oneKernelEach(where: string, ops: readonly string[]): void {
  const twice = ops.find((op, i) => ops.indexOf(op) !== i);
  if (twice) fail("registry", where, `two kernels for the op ${twice}. Each op has one: rename the plugin's.`);
}
