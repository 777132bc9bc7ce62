import type { Bijector, Distribution } from "../contracts/index.js";
import { condition } from "../host/condition.js";
import { callFor } from "../modules/call.js";
import { defineDistribution } from "../modules/define-distribution.js";
import type { Factory } from "../modules/factory.js";
import { oneBuffer } from "../modules/one-buffer.js";
import { sub } from "../ops/binary.js";
import { densityProgram } from "../programs/inspect.js";
import { densityLink, linksOf } from "../programs/links.js";
import { way } from "../programs/way.js";

export interface FlowConfig {
  /** The distribution of the noise. */
  readonly base: Distribution;
  readonly bijector: Bijector;
}

/** A flow as `flow` and recipes give it. */
export interface Flow extends Distribution<FlowConfig> {
  /** Its map, which it owns. */
  readonly bijector: Bijector;
  /** The flow at one context, as a view that owns nothing but the row: see `condition`. */
  condition(row: ArrayLike<number>): Distribution;
}

const plain = defineDistribution({ type: "flows/flow", options: ["base", "bijector"] }, ({ base, bijector }: FlowConfig) => {
  const density = way([...linksOf(bijector, "inverse"), densityLink(base)]);
  return {
    eventShape: bijector.forwardShape(base.eventShape),
    reparameterized: base.reparameterized,
    children: { base, bijector },
    handsOnContext: true,
    logProb: (x, _p, call) => density(x, call)[1],
    lower: (program, x) => base.lower(program, bijector.lower(program, x, "inverse")),
    sample: (n, options, _p, call) => {
      if (!options.density) return [bijector.forward(base.sample(n, callFor(base, options)), call)[0], undefined];
      const [z, density] = base.sampleAndLogProb(n, callFor(base, options));
      const [x, logDet] = bijector.forward(z, call);
      return [x, sub(density, logDet)];
    },
    initialise: (x, call) => {
      const z = bijector.initialise(x, call);
      const rest = base.initialise(z, callFor(base, call));
      z.dispose();
      return rest;
    },
  };
});

/** True where a score is one program; where layers run one by one, each is better off with a buffer of its own. */
const lowersWhole = (model: Distribution): boolean => typeof densityProgram(model) !== "string";

/**
 * A base pushed through a bijector: log p(x) = log p_base(z) + log|det dz/dx| with z = inverse(x).
 *
 * Shapes: x [batch, ...event]; log-density [batch], nats.
 * Source: Papamakarios et al. (2021), Normalizing Flows for Probabilistic Modeling and Inference, eq. 3. https://arxiv.org/abs/1912.02762
 *
 * @example
 * const model = flow({ base: normal({ features: 2 }), bijector: affine({ features: 2 }) });
 */
export const flow: Factory<FlowConfig, Flow> = Object.assign(
  (config: FlowConfig): Flow => {
    const made = plain(config);
    if (lowersWhole(made)) oneBuffer(made);
    return Object.assign(made, { bijector: config.bijector, condition: (row: ArrayLike<number>) => condition(made, row) });
  },
  { type: plain.type },
);
