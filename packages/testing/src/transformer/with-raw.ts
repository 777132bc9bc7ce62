import type { Plugin, Transformer } from "@flows/core";
import { defineBijector } from "@flows/core/author";

export interface WithRawConfig {
  readonly features: number;
  readonly transformer: Transformer;
}

/** A transformer as a bijector whose context is the raw parameters. */
export const withRaw = defineBijector(
  { type: "kit/with-raw", options: ["features", "transformer"] },
  ({ features, transformer }: WithRawConfig) => ({
    event: [features],
    contextFeatures: features * transformer.paramCount,
    children: { transformer },
    forward: (z, _p, { context }) => transformer.forward(z, context!),
    inverse: (x, _p, { context }) => transformer.inverse(x, context!),
    lower: (program, x, _p, direction) => transformer.lower(program, x, program.context!, direction),
  }),
);

export const kit: Plugin = { name: "kit", spec: 1, modules: [withRaw] };
