import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { Shape } from "./shape.js";

/** What a number is for: weight decay works on weights only, the kit shakes each role in its own way. */
export type Role = "weight" | "bias" | "scale" | "state";

/** Fills a parameter; `draw(n)` gives standard normals that belong to the parameter's path. */
export type Init = (shape: Shape, draw: (n: number) => Float32Array) => Float32Array;

export interface ParamSpec {
  readonly shape: Shape;
  readonly init: Init;
  readonly role: Role;
  /** What may be put here: any number, a positive one, or nothing but the value it has. */
  readonly range?: "positive" | "fixed" | undefined;
}

export type Specs = Readonly<Record<string, ParamSpec>>;

/** Derived from the config by a pure function; neither saved nor counted. */
export type Constants = Readonly<Record<string, () => Tensor>>;

export type Named<T> = { readonly [K in keyof T]: Tensor };

/** One named view of a buffer. A view may move to another buffer (`oneBuffer`): take `buffer` and `offset` when you need them. */
export interface View {
  readonly name: string;
  readonly spec: ParamSpec;
  readonly buffer: Variable;
  readonly offset: number;
  readonly size: number;
  /** Of a view of a whole buffer: the views in it that it stands for. */
  readonly parts?: readonly View[];
}
