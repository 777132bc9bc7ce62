import type { Bijector, Conditioner } from "@flows/core";
import { defineBijector } from "@flows/core/author";
import { add, columns, concat, neg, sub, sum, zeros } from "@flows/core/ops";

/** A map whose `forward` runs its network once a column, as an autoregressive one does, and whose `inverse` runs it once. */
export const oneByOne = defineBijector("test/one-by-one", ({ network }: { readonly network: Conditioner }) => ({
  event: [network.features],
  children: { network },
  forward: (z) => {
    let x = z;
    for (let i = 0; i < network.features; i++)
      x = concat([columns(x, 0, i), columns(add(z, network.apply(x)), i, network.features - i)], 1);
    return [x, zeros([z.shape[0]!])];
  },
  inverse: (x) => [sub(x, network.apply(x)), neg(sum(zeros([x.shape[0]!, 1]), 1))],
})) as (config: { readonly network: Conditioner }) => Bijector;
