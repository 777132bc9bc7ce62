import type { Bijector, Call, Distribution, Module, Shape } from "../contracts/index.js";
import { walk } from "../modules/inside.js";
import { floatsPerRow } from "../programs/inspect.js";
import { densityLink, type Link, linksOf } from "../programs/links.js";
import { type Stretch, stretchesOf } from "../programs/stretches.js";
import { baseOf } from "./layers.js";

/** Modules that run together as one program on the backend that is active, or one that runs by itself, and why. Paths as in `layers`. */
export type StretchSummary =
  | { readonly modules: readonly string[]; readonly steps: number; readonly floatsPerRow: number }
  | { readonly module: string; readonly type: string; readonly why: string };

/** How rows run one way on the backend that is active. */
export interface ProgramSummary {
  /** True where one program does it all. */
  readonly lowers: boolean;
  /** In the order in which rows meet them. */
  readonly stretches: readonly StretchSummary[];
}

type Paths = ReadonlyMap<Module, string>;

/** Where each module of a tree is. */
export const pathsOf = (root: Module): Paths => new Map([...walk(root)].map(([path, module]) => [module, path]));

/** How rows run along links. */
export function programSummary(links: readonly Link[], event: Shape, paths: Paths, call: Call = {}): ProgramSummary {
  const stretches = stretchesOf(links)(event, call);
  return { lowers: stretches.length === 1 && "program" in stretches[0]!, stretches: stretches.map((one) => stretchSummary(one, paths)) };
}

/** How the log-densities of a training step run. */
export function trainingPrograms(model: Distribution): ProgramSummary {
  const [bijector, base] = [model.children.bijector as Bijector | undefined, baseOf(model)];
  const links = bijector && base ? [...linksOf(bijector, "inverse"), densityLink(base)] : [densityLink(model)];
  return programSummary(links, model.eventShape, pathsOf(model), { training: true });
}

function stretchSummary(stretch: Stretch, paths: Paths): StretchSummary {
  const pathOf = ({ module }: Link): string => paths.get(module) ?? "";
  if ("link" in stretch) return { module: pathOf(stretch.link), type: stretch.link.module.type, why: stretch.why };
  const { links, program } = stretch;
  return { modules: links.map(pathOf), steps: program.steps.length, floatsPerRow: floatsPerRow(program) };
}
