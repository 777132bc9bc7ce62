import type { Bijector, Direction, Distribution, Program, Shape } from "../contracts/index.js";
import { sizeOf } from "../modules/params.js";
import { attempt, Refusal } from "./compile.js";
import { densityLink, type Link, linksOf } from "./links.js";

function programOf(links: readonly Link[], contextFeatures: number, event: Shape, training: boolean): Program | string {
  const lowering = { training, features: sizeOf(event), contextFeatures };
  const found = attempt(lowering, (program, x) => links.reduce((value, link) => link.lower(program, value), x));
  return found instanceof Refusal ? found.type : found;
}

/** The program a bijector lowers to, or the type of the first module that has no `lower`. */
export const programFor = (bijector: Bijector, event: Shape, direction: Direction, training = false): Program | string =>
  programOf(linksOf(bijector, direction), bijector.contextFeatures, event, training);

/** The program of a distribution's log-density, or the type of the first module that has no `lower`. */
export const densityProgram = (distribution: Distribution, training = false): Program | string =>
  programOf([densityLink(distribution)], distribution.contextFeatures, distribution.eventShape, training);

/** Numbers that a row keeps between a program's forward and its backward. */
export const floatsPerRow = ({ registers }: Program): number => registers.reduce((sum, r) => sum + (r.shared ? 0 : r.width), 0);
