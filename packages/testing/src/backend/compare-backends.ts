import { type Backend, type BackendHandle, type Bijector, type Distribution, type Module, moveTo, useBackend } from "@flows/core";
import { bijectorSubject } from "../bijector/subject.js";
import { type Result, same } from "../close.js";
import { type DistributionOptions, distributionSubject } from "../distribution/subject.js";
import { manyRows } from "../generic/reference-laws.js";
import type { Law } from "../law.js";
import { measure } from "../plain/measure.js";
import { shake } from "../shake.js";
import { type BijectorOptions, batchFor, boundFor, type Subject } from "../subject.js";

/** Modules by name, each with the options of its laws. */
export interface Subjects {
  readonly bijectors?: Readonly<Record<string, { readonly make: () => Bijector } & BijectorOptions>>;
  readonly distributions?: Readonly<Record<string, { readonly make: () => Distribution } & DistributionOptions>>;
}

/**
 * One law for each subject: on `backend` it gives what it gives on `truth` (float64) with the same numbers, carried over by
 * `moveTo`; value, log-det, new state and every gradient, in evaluation and in training. No other backend may be live.
 * A ReLU within rounding of its kink has two gradients in two precisions: use a smooth activation, or another seed.
 *
 * @example
 * for (const law of compareBackends({ bijectors }, wasm(), float64())) it(law.name, law.check);
 */
export function compareBackends({ bijectors = {}, distributions = {} }: Subjects, backend: Backend, truth: Backend): Law[] {
  return [
    ...Object.entries(bijectors).map(([name, { make, ...options }]) => compare(name, bijectorSubject(make, options), backend, truth)),
    ...Object.entries(distributions).map(([name, { make, ...options }]) =>
      compare(name, distributionSubject(make, options), backend, truth),
    ),
  ];
}

const compare = <M extends Module>(name: string, subject: Subject<M>, backend: Backend, truth: Backend): Law => ({
  name: `${name}: ${backend.name} equals ${truth.name}`,
  check: async () => {
    let handle: BackendHandle = await useBackend(truth);
    try {
      const module = subject.make();
      await shake(module, subject.seed);
      const wanted = await capture(subject, module);
      await moveTo(module, backend);
      handle = await useBackend(backend);
      const got = await capture(subject, module);
      for (const [i, way] of subject.ways.entries())
        for (const mode of ["evaluation", "training"] as const)
          same(`${way.name} in ${mode}`, got[i]![mode], wanted[i]![mode], await boundFor(subject, module, way));
      module.dispose();
    } finally {
      handle.dispose();
    }
  },
});

interface Captured {
  readonly evaluation: Result;
  readonly training: Result;
}

/** All that can be measured of a module on the live backend. */
async function capture<M extends Module>(subject: Subject<M>, module: M): Promise<Captured[]> {
  const captured: Captured[] = [];
  for (const way of subject.ways) {
    const batch = batchFor(subject, module, way, manyRows);
    captured.push({ evaluation: await measure(module, way, batch), training: await measure(module, way, batch, { training: true }) });
  }
  return captured;
}
