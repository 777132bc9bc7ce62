import type { Conditioner } from "@flows/core";
import { defineBijector, fail } from "@flows/core/author";
import { zeros } from "@flows/core/ops";

/** A conditioner in the place of a bijector's forward, so that it can stand in a program. Not invertible. */
export const network = defineBijector(
  { type: "kit/network", options: ["conditioner"] },
  ({ conditioner }: { readonly conditioner: Conditioner }) => ({
    event: [conditioner.features],
    children: { conditioner },
    forwardShape: () => [conditioner.outputs],
    forward: (x, _p, call) => [conditioner.apply(x, call), zeros([x.shape[0]!])],
    inverse: () => fail("config", "kit/network", "a network has no inverse."),
    lower: (program, x) => conditioner.lower(program, x),
  }),
);
