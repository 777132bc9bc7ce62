import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import { sameShape, wholeNumber } from "../checks.js";
import type * as t from "../contracts/index.js";
import type { Constants, Places, ProgramBuilder, Register, Specs } from "../contracts/index.js";
import { draws } from "../random/draws.js";
import { boundaryCall, checkedContext, commonContext } from "./call.js";
import { type Factory, type Formula, type Kind, named } from "./factory.js";
import { assemble, type ModuleParts, type Numbers } from "./module.js";

export interface DistributionParts<P extends Specs, S extends Specs, K extends Constants> extends ModuleParts<P, S, K> {
  readonly eventShape: t.Shape;
  readonly contextFeatures?: number;
  /** Samples carry gradients of the parameters. Default true. */
  readonly reparameterized?: boolean;
  readonly logProb: Formula<P, S, K, [x: Tensor], Tensor>;
  /** The sample, and its log-density where that comes for free. */
  readonly sample: Formula<P, S, K, [n: number, options: t.Sampling], readonly [sample: Tensor, logProb: Tensor | undefined]>;
  /** Adds the log-density to the rows' log-dets. */
  readonly lower?: (program: ProgramBuilder, x: Register, p: Places<P> & Places<S> & Places<K>) => void;
  readonly initialise?: (x: Tensor, call: t.Call) => Tensor;
}

/** Makes a factory of distributions from a log-density and a sampler. */
export function defineDistribution<C, P extends Specs = {}, S extends Specs = {}, K extends Constants = {}>(
  kind: Kind,
  build: (config: C) => DistributionParts<P, S, K>,
): Factory<C, t.Distribution<C>> {
  return named(kind, (config, type) => {
    const parts = build(config);
    const { base, run } = assemble(type, config, parts);
    const { eventShape } = parts;
    const contextFeatures = parts.contextFeatures ?? commonContext(type, base.children);
    /** Runs a formula on so many rows, behind the boundary. */
    const bounded = <T extends Tensor | Tensor[]>(
      n: number,
      call: t.Call | undefined,
      formula: (p: Numbers<P, S, K>, scope: t.Scope) => T,
    ): T => {
      const bound = boundaryCall(type, contextFeatures, n, call);
      return tidy(() => run(checkedContext(type, contextFeatures, n, parts.handsOnContext ?? false, bound), formula));
    };
    const logProb = (x: Tensor, call?: t.Call): Tensor => {
      sameShape(`${type}: logProb`, eventShape, x.shape.slice(1));
      return bounded(x.shape[0]!, call, (p, scope) => parts.logProb(x, p, scope));
    };
    const drawn = (n: number, options: t.SampleOptions = { seed: 0 }, density: boolean): [Tensor, Tensor | undefined] => {
      wholeNumber(type, "the number of samples", n, 0);
      const formula = (p: Numbers<P, S, K>, scope: t.Scope): Tensor[] => {
        const [sample, logProb] = parts.sample(n, { ...options, context: scope.context, density }, p, scope);
        return logProb ? [sample, logProb] : [sample];
      };
      return bounded(n, { context: options.context, draws: draws(options.seed, options.first) }, formula) as [Tensor, Tensor | undefined];
    };
    const self: t.Distribution<C> = {
      ...base,
      eventShape,
      contextFeatures,
      reparameterized: parts.reparameterized ?? true,
      logProb,
      sample: (n, options) => tidy(() => drawn(n, options, false)[0]),
      sampleAndLogProb: (n, options) =>
        tidy(() => {
          const [sample, density] = drawn(n, options, true);
          return [sample, density ?? logProb(sample, { context: options?.context })];
        }),
      lower: (program, x) => (parts.lower ? parts.lower(program, x, program.places(self) as never) : program.refuse(type)),
      initialise: (x, call = {}) => parts.initialise?.(x, call) ?? x.clone(),
    };
    return self;
  });
}
