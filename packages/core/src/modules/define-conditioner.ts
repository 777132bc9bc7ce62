import type { Tensor } from "@tensorflow/tfjs-core";
import type * as t from "../contracts/index.js";
import type { Constants, Specs } from "../contracts/index.js";
import { checkedContext, commonContext } from "./call.js";
import { type Factory, type Formula, type Kind, type Lower, named } from "./factory.js";
import { assemble, type ModuleParts } from "./module.js";

export interface ConditionerParts<P extends Specs, S extends Specs, K extends Constants> extends ModuleParts<P, S, K> {
  readonly features: number;
  readonly outputs: number;
  readonly contextFeatures?: number;
  readonly apply: Formula<P, S, K, [x: Tensor], Tensor>;
  readonly lower?: Lower<P, S, K, []>;
}

/** Makes a factory of networks that turn rows into raw parameters. */
export function defineConditioner<C, P extends Specs = {}, S extends Specs = {}, K extends Constants = {}>(
  kind: Kind,
  build: (config: C) => ConditionerParts<P, S, K>,
): Factory<C, t.Conditioner<C>> {
  return named(kind, (config, type) => {
    const parts = build(config);
    const { base, run } = assemble(type, config, parts);
    const contextFeatures = parts.contextFeatures ?? commonContext(type, base.children);
    const self: t.Conditioner<C> = {
      ...base,
      features: parts.features,
      outputs: parts.outputs,
      contextFeatures,
      apply: (x, call) =>
        run(checkedContext(type, contextFeatures, x.shape[0]!, parts.handsOnContext ?? false, call), (p, scope) =>
          parts.apply(x, p, scope),
        ),
      lower: (program, x) => parts.lower?.(program, x, program.places(self) as never) ?? program.refuse(type),
    };
    return self;
  });
}
