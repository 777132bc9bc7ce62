import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import { tensorOf } from "../backend/tensor-of.js";
import type { Floats, Module, View } from "../contracts/index.js";
import { fail } from "../errors.js";
import { type Inside, inside, walk } from "./inside.js";
import { initial, viewIn, writeView, writeViews } from "./params.js";

/** A named view of a module's numbers: what saving, counting, freezing, decay, shaking and the laws work on. */
export interface Leaf extends View {
  /** "bijector.bijectors.0.conditioner.w0" */
  readonly path: string;
  readonly kind: "param" | "state";
  read(): Promise<Floats>;
  /** Takes as many numbers as the leaf holds. */
  write(values: Floats): void;
  /** This leaf inside a tensor laid out like its buffer: a gradient, a moment. */
  within(buffer: Tensor): Tensor;
}

/** It looks through to its view, which may move to another buffer. */
function leafOf(view: View, kind: Leaf["kind"], path: string, held: Inside): Leaf {
  return Object.assign(Object.create(view) as View, {
    kind,
    path,
    read: async (): Promise<Floats> => {
      const part = viewIn(view, view.buffer);
      const values = await part.data();
      part.dispose();
      return values as Floats;
    },
    write: (values: Floats): void => {
      if (values.length !== view.size) fail("shape", path, `expected ${view.size} numbers, got ${values.length}.`);
      held.fresh = false;
      tidy(() => writeView(view, tensorOf(values, view.spec.shape)));
    },
    within: (buffer: Tensor) => viewIn(view, buffer),
  });
}

/** Every number of a module and its children by name, in a fixed order. */
export function leaves(module: Module): Leaf[] {
  return [...walk(module)].flatMap(([path, owner]) => {
    const held = inside(owner);
    const at = (name: string): string => (path ? `${path}.${name}` : name);
    return [
      ...held.params.map((view) => leafOf(view, "param", at(view.name), held)),
      ...held.state.map((view) => leafOf(view, "state", at(view.name), held)),
    ];
  });
}

/** Where files of earlier versions hold state that no module has any more. */
export const retired = (root: Module): string[] =>
  [...walk(root)].flatMap(([path, module]) => inside(module).retired.map((name) => `state/${path ? `${path}.` : ""}${name}`));

/** Draws the initial values of every module that nobody has written to, each from its path below this root. */
export function reseed(root: Module, seed: number): void {
  const fresh = [...walk(root)].filter(([, module]) => inside(module).fresh);
  tidy(() =>
    writeViews(fresh.flatMap(([path, module]) => inside(module).params.map((view) => [view, initial(view, seed, path)] as const))),
  );
}

/** Writes many leaves of a module with one assignment for each buffer: as many numbers as each holds. */
export function writeLeaves(root: Module, entries: readonly (readonly [leaf: Leaf, values: Floats])[]): void {
  tidy(() => writeViews(entries.map(([leaf, values]) => [leaf, tensorOf(values, leaf.spec.shape)])));
  markWritten(root);
}

/** From here on these numbers are somebody's work: `reseed` leaves them alone. */
export function markWritten(root: Module): void {
  for (const [, module] of walk(root)) inside(module).fresh = false;
}

/** How many numbers are trained. */
export const parameterCount = (module: Module): number =>
  leaves(module).reduce((count, { kind, size }) => count + (kind === "param" ? size : 0), 0);
