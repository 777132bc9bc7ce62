import type { Bijector, Direction, Distribution, Program } from "../contracts/index.js";
import { attempt, Refusal } from "./compile.js";
import { lowered } from "./flows-chain.js";

/** The program a bijector lowers to, or the type of the first module that has no `lower`. */
export function programFor(bijector: Bijector, features: number, direction: Direction, training = false): Program | string {
  const { contextFeatures } = bijector;
  const found = attempt({ training, features, contextFeatures }, lowered([bijector], direction));
  return found instanceof Refusal ? found.type : found;
}

/** The program of a distribution's log-density, or the type of the first module that has no `lower`. */
export function densityProgram(distribution: Distribution): Program | string {
  const { contextFeatures, eventShape } = distribution;
  const found = attempt({ training: false, features: eventShape[0]!, contextFeatures }, (program, x) => {
    distribution.lower(program, x);
    return x;
  });
  return found instanceof Refusal ? found.type : found;
}

/** Numbers that a row keeps between a program's forward and its backward. */
export const floatsPerRow = ({ registers }: Program): number => registers.reduce((sum, r) => sum + (r.shared ? 0 : r.width), 0);
