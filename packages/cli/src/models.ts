import { affine, nice, planar, realNvp } from "@flows/bijectors";
import { chain, type Distribution, flow, invert, normal } from "@flows/core";
import { misuse } from "./usage.js";

/** What a recipe is told; what is left away has the recipe's default. */
export interface ModelSize {
  readonly features: number;
  readonly layers?: number | undefined;
  readonly hidden?: readonly number[] | undefined;
}

interface Maker {
  readonly takes: readonly ("layers" | "hidden")[];
  readonly make: (size: ModelSize) => Distribution;
}

const overNormal = (features: number, bijector: Parameters<typeof flow>[0]["bijector"]): Distribution =>
  flow({ base: normal({ features }), bijector }) as Distribution;

const makers: Readonly<Record<string, Maker>> = {
  realnvp: { takes: ["layers", "hidden"], make: ({ features, layers = 8, hidden = [64, 64] }) => realNvp({ features, layers, hidden }) },
  nice: { takes: ["layers", "hidden"], make: ({ features, layers = 6, hidden = [128, 128] }) => nice({ features, layers, hidden }) },
  planar: {
    takes: ["layers"],
    make: ({ features, layers = 32 }) => overNormal(features, chain(Array.from({ length: layers }, () => invert(planar({ features }))))),
  },
  affine: { takes: [], make: ({ features }) => overNormal(features, affine({ features })) },
};

export const modelNames = Object.keys(makers);

/** The recipe of a name, checked against the sizes it is given. */
export function makerOf(name: string, size: Omit<ModelSize, "features">): (features: number) => Distribution {
  const maker = Object.hasOwn(makers, name) ? makers[name]! : misuse(`--model takes ${modelNames.join(", ")}, got "${name}".`);
  for (const option of ["layers", "hidden"] as const)
    if (size[option] !== undefined && !maker.takes.includes(option)) misuse(`the model ${name} takes no --${option}.`);
  return (features) => maker.make({ features, ...size });
}
