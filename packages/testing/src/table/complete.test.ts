import { float64 } from "@flows/backend-float64";
import { baselines } from "@flows/baselines-kde-gmm";
import { bijectors } from "@flows/bijectors";
import { createRegistry, type Module, useBackend } from "@flows/core";
import { walk } from "@flows/core/author";
import { expect, it } from "vitest";
import { distributions, everyBijector } from "./all-laws.js";
import { conditioners, transformers } from "./couplings.js";

it("the table has every module that the registry knows", async () => {
  const handle = await useBackend(float64());
  const makers: (() => Module)[] = [everyBijector, transformers, conditioners, distributions].flatMap((table) =>
    Object.values(table as Readonly<Record<string, { readonly make: () => Module }>>).map(({ make }) => make),
  );
  const types = makers.flatMap((make) => {
    const module = make();
    const found = [...walk(module)].map(([, { type }]) => type);
    module.dispose();
    return found;
  });
  handle.dispose();
  expect(createRegistry([bijectors, baselines]).types.filter((type) => !types.includes(type))).toEqual([]);
});
