import { broadcastTo, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { Call, Children, Updates } from "../contracts/index.js";
import { fail } from "../errors.js";
import { chosen } from "../kernels/choose.js";
import { family } from "./inside.js";
import { shaped, viewIn, writeView } from "./params.js";

/** Applies what a step collected; where `ok` [] is given and 0 everything keeps its old value. Decided on the device. */
export function applyUpdates(updates: Updates, ok?: Tensor): void {
  for (const [view, value] of updates) {
    tidy(() => {
      if (!ok) return writeView(view, value);
      const old = viewIn(view, view.buffer);
      return writeView(view, chosen(ok, shaped(value, old.shape), old));
    });
    value.dispose();
  }
  updates.clear();
}

/** Forgets what a step collected. */
export function dropUpdates(updates: Updates): void {
  for (const value of updates.values()) value.dispose();
  updates.clear();
}

/**
 * A module that wants no context is not shown one; a module that wants one insists. Whoever only hands it on takes one row that serves
 * all `rows` as it is; others see it expanded.
 */
export function checkedContext(type: string, features: number, rows: number, handsOn: boolean, call: Call = {}): Call {
  if (features === 0) return call.context ? { ...call, context: undefined } : call;
  if (!call.context) fail("context", type, `this module was built with contextFeatures ${features}, but was called without a context.`);
  if (call.context.rank !== 2 || call.context.shape[1] !== features)
    fail("context", type, `expected a context [batch, ${features}], got [${call.context.shape}].`);
  return handsOn ? call : expanded(call, rows);
}

/** One row of context for each of so many rows. */
const expanded = (call: Call, rows: number): Call =>
  call.context && call.context.shape[0] === 1 && rows !== 1
    ? { ...call, context: broadcastTo(call.context, [rows, ...call.context.shape.slice(1)]) }
    : call;

/** A distribution is a boundary: it refuses a context nobody asked for, and one that fits neither one row nor all. */
export function boundaryCall(type: string, features: number, rows: number, call: Call = {}): Call {
  const { context } = call;
  if (!context) return call;
  if (features === 0) fail("context", type, "it was built without a context, but got one. Leave it out.");
  if (context.shape[0] !== rows && context.shape[0] !== 1)
    fail("context", type, `expected a context of 1 or ${rows} rows, got ${context.shape[0]}.`);
  return call;
}

/** What a child without a use for the context is shown. */
export const callFor = <T extends { readonly context?: Tensor | undefined }>(
  { contextFeatures }: { readonly contextFeatures: number },
  call: T,
): T => (contextFeatures === 0 && call.context ? { ...call, context: undefined } : call);

/** The children's common context width, 0 where none wants a context. */
export function commonContext(type: string, children: Children): number {
  const widths = new Set(family(children).flatMap(([, child]) => ("contextFeatures" in child ? [Number(child.contextFeatures)] : [])));
  widths.delete(0);
  if (widths.size > 1) fail("config", type, `its children want contexts of different widths: ${[...widths].join(", ")}.`);
  return [...widths][0] ?? 0;
}
