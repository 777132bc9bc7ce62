import { type Activation, affine, nice, planar, realNvp } from "@flows/bijectors";
import { chain, type Distribution, flow, invert, normal } from "@flows/core";
import { type OwnFit, ownFits } from "@flows/tables";
import { misuse } from "./usage.js";

/** What a recipe is told; what is left away has the recipe's default. */
export interface ModelSize {
  readonly features: number;
  readonly layers?: number | undefined;
  readonly hidden?: readonly number[] | undefined;
  readonly activation?: Activation | undefined;
}

/** What the command line can tell a recipe. */
const sizes = ["layers", "hidden", "activation"] as const;

interface Maker {
  readonly takes: readonly (typeof sizes)[number][];
  readonly make: (size: ModelSize) => Distribution;
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

export const modelNames = [...Object.keys(makers), ...Object.keys(ownFits)];

/** How a model comes to be: made and then trained by steps, or fitted by a method of its own. */
export type Recipe = { readonly name: string } & ({ readonly make: (features: number) => Distribution } | { readonly fit: OwnFit });

/** The recipe of a name, checked against the sizes it is given. */
export function recipeOf(name: string, size: Omit<ModelSize, "features">): Recipe {
  const maker = Object.hasOwn(makers, name) ? makers[name] : undefined;
  const fit = Object.hasOwn(ownFits, name) ? ownFits[name] : undefined;
  for (const option of sizes)
    if ((maker || fit) && size[option] !== undefined && !maker?.takes.includes(option)) misuse(`the model ${name} takes no --${option}.`);
  if (fit) return { name, fit };
  return maker
    ? { name, make: (features) => maker.make({ features, ...size }) }
    : misuse(`--model takes ${modelNames.join(", ")}, got "${name}".`);
}
