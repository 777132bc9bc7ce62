import type { Tensor } from "@tensorflow/tfjs-core";
import type * as t from "../contracts/index.js";
import type { ProgramBuilder, Register } from "../contracts/index.js";
import { type Factory, type Kind, named } from "./factory.js";
import { assemble } from "./module.js";
import { transformed } from "./transformed.js";

export interface TransformerParts {
  /** Raw numbers for each feature. */
  readonly paramCount: number;
  readonly forward: (z: Tensor, raw: Tensor) => t.Transformed;
  readonly inverse: (x: Tensor, raw: Tensor) => t.Transformed;
  readonly lower?: (program: ProgramBuilder, x: Register, raw: Register, direction: t.Direction) => Register;
}

/** Makes a factory of elementwise maps whose raw parameters come from a network. */
export function defineTransformer<C>(kind: Kind, build: (config: C) => TransformerParts): Factory<C, t.Transformer<C>> {
  return named(kind, (config, type) => {
    const { paramCount, forward, inverse, lower } = build(config);
    const { base, run } = assemble(type, config, {});
    return {
      ...base,
      paramCount,
      forward: (z, raw) => run({}, () => transformed(type, "forward", forward(z, raw))),
      inverse: (x, raw) => run({}, () => transformed(type, "inverse", inverse(x, raw))),
      lower: (program, x, raw, direction) => lower?.(program, x, raw, direction) ?? program.refuse(type),
    };
  });
}
