import { type Program, programEngine } from "@flows/core/author";
import { broken } from "../close.js";

/**
 * Refuses a program that the live backend cannot run for want of a kernel: it falls back to the formulas, and a law that compares the two
 * would compare the formulas with themselves. A backend that runs no programs at all is asked for nothing.
 */
export function hasKernels({ steps }: Program): void {
  const engine = programEngine();
  const missing = engine && steps.find(({ spec }) => !engine.ops.has(spec.op));
  if (missing) broken(`no kernel ran: the backend has none for the op ${missing.spec.op}. Pass the plugin that brings it to the backend`);
}
