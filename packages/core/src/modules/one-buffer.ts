import { concat, type Tensor1D } from "@tensorflow/tfjs-core";
import type { Module, View } from "../contracts/index.js";
import { inside, walk } from "./inside.js";
import { hold } from "./params.js";

/**
 * Lays the parameters of a whole tree end to end in one Variable, and its state in another: a program then has two buffers whatever the
 * number of layers is, and an optimizer nothing to gather. The views move; who holds a leaf goes on holding it. The root frees it all.
 */
export function oneBuffer(root: Module): void {
  const held = [...walk(root)].map(([, module]) => inside(module));
  const moved = (["params", "state"] as const).map((kind) =>
    gathered(
      held.flatMap((module) => module[kind]),
      kind === "params",
    ),
  );
  for (const module of held) module.lodger = true;
  for (const module of held) module.shared = [];
  inside(root).shared = moved.flatMap((buffer) => (buffer ? [buffer] : []));
}

function gathered(views: readonly View[], trainable: boolean) {
  const buffers = [...new Set(views.map(({ buffer }) => buffer))];
  if (buffers.length === 0) return undefined;
  const starts = buffers.map((_, i) => buffers.slice(0, i).reduce((sum, { size }) => sum + size, 0));
  const whole = hold(() => (buffers.length === 1 ? buffers[0]!.clone() : concat(buffers as unknown as Tensor1D[])), trainable);
  for (const view of new Set(views)) Object.assign(view, { offset: starts[buffers.indexOf(view.buffer)]! + view.offset, buffer: whole });
  for (const buffer of buffers) buffer.dispose();
  return whole;
}
