import { type Activation, affine, nice, planar, realNvp } from "@flows/bijectors";
import { chain, type Distribution, flow, invert, normal } from "@flows/core";
import { fail } from "@flows/core/author";
import { type OwnFit, ownFits, ownOptions } from "./own-fits.js";

/** What a recipe can be told; what is left away has the recipe's default. */
export interface ModelSize {
  readonly layers?: number | undefined;
  readonly hidden?: readonly number[] | undefined;
  readonly activation?: Activation | undefined;
}

const sizes: readonly (keyof ModelSize)[] = ["layers", "hidden", "activation"];

interface Maker {
  readonly takes: readonly (keyof ModelSize)[];
  readonly make: (size: ModelSize & { readonly features: number }) => Distribution;
}

const overNormal = (features: number, bijector: Parameters<typeof flow>[0]["bijector"]): Distribution =>
  flow({ base: normal({ features }), bijector });

const makers: Readonly<Record<string, Maker>> = {
  realnvp: {
    takes: sizes,
    make: ({ features, layers = 8, hidden = [64, 64], activation = "tanh" }) => realNvp({ features, layers, hidden, activation }),
  },
  nice: {
    takes: sizes,
    make: ({ features, layers = 6, hidden = [128, 128], activation = "tanh" }) => nice({ features, layers, hidden, activation }),
  },
  planar: {
    takes: ["layers"],
    make: ({ features, layers = 32 }) => overNormal(features, chain(Array.from({ length: layers }, () => invert(planar({ features }))))),
  },
  affine: { takes: [], make: ({ features }) => overNormal(features, affine({ features })) },
};

function namesIn(...tables: readonly object[]): string[] {
  return tables.flatMap((table) => Object.keys(table));
}

/** The recipes of `fitTable`. */
export const recipeNames: readonly string[] = namesIn(makers, ownFits);

/** How a model comes to be: made and then trained by steps, or fitted by a method of its own. */
export type Recipe = { readonly name: string } & ({ readonly make: (features: number) => Distribution } | { readonly fit: OwnFit });

/** The method of a model that is not trained by steps. */
export const ownFitOf = (name: string): OwnFit | undefined => (Object.hasOwn(ownFits, name) ? ownFits[name] : undefined);

/** The recipe of a name, checked against what it is told: `ofSteps` are options that only training by steps takes. */
export function recipeOf(name: string, told: ModelSize & { readonly [ofSteps: string]: unknown }, ofSteps: readonly string[]): Recipe {
  const fit = ownFitOf(name);
  const maker = makers[name];
  const mixture = Object.values(ownOptions).flat();
  const idle = fit
    ? [...sizes, ...ofSteps, ...mixture.filter((option) => !ownOptions[name]!.includes(option))]
    : [...sizes.filter((size) => !maker?.takes.includes(size)), ...mixture];
  const stray = idle.find((option) => told[option] !== undefined);
  if (stray !== undefined) {
    const why = ofSteps.includes(stray) ? ": it is not trained by steps" : "";
    fail("config", "fitTable", `the model ${name} takes no ${stray}${why}. Leave it out.`, { details: { model: name, option: stray } });
  }
  const { layers, hidden, activation } = told;
  return fit ? { name, fit } : { name, make: (features) => maker!.make({ features, layers, hidden, activation }) };
}
