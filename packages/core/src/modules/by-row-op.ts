import type { Tensor } from "@tensorflow/tfjs-core";
import type { Direction, Place, ProgramBuilder, Register } from "../contracts/index.js";
import type { RowOp } from "../kernels/row-op.js";

/** Formulas and lowering of a map, as `defineBijector` takes them, that read numbers of these names. */
export interface ByRowOp<Name extends string> {
  readonly forward: (z: Tensor, p: Readonly<Record<Name, Tensor>>) => [value: Tensor, logDet: Tensor];
  readonly inverse: (x: Tensor, p: Readonly<Record<Name, Tensor>>) => [value: Tensor, logDet: Tensor];
  readonly lower: (program: ProgramBuilder, x: Register, p: Readonly<Record<Name, Place>>, direction: Direction) => Register;
}

/**
 * A map that is one row op both ways, told once: the op, the names of the numbers it reads in its order, and its attributes.
 *
 * @example
 * defineBijector({ type: "acme/affine", options: ["features"] }, ({ features }: { readonly features: number }) => ({
 *   params: { shift: bias([features]), logScale: scale([features]) },
 *   ...byRowOp(affineRows, ["shift", "logScale"], (direction) => ({ direction })),
 * }));
 */
export function byRowOp<A, Name extends string>(
  op: RowOp<A, [Tensor]>,
  names: readonly Name[],
  attrsOf: (direction: Direction) => A,
): ByRowOp<Name> {
  const read = <T>(p: Readonly<Record<Name, T>>): T[] => names.map((name) => p[name]);
  return {
    forward: (z, p) => op([z], read(p), attrsOf("forward")),
    inverse: (x, p) => op([x], read(p), attrsOf("inverse")),
    lower: (program, x, p, direction) => op.emit(program, [x], read(p), attrsOf(direction))[0],
  };
}
