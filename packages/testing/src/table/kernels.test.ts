import { rowKernels } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { type BackendHandle, type Bijector, useBackend } from "@flows/core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type BijectorOptions, loweringLaws } from "../index.js";
import { everyBijector } from "./all-laws.js";

type Entry = { readonly make: () => Bijector } & BijectorOptions;
/** Their programs have no steps. */
const stepless = ["identity", "empty chain"];
const lowers = (name: string, { unlowered, event }: Entry): boolean =>
  unlowered === undefined && event.length === 1 && !stepless.includes(name);

describe("the row kernels of backend-cpu in float64", () => {
  let handle: BackendHandle;
  beforeAll(async () => {
    handle = await useBackend(float64());
  });
  afterAll(() => handle.dispose());
  for (const [name, { make, except: _, ...options }] of Object.entries(everyBijector))
    if (lowers(name, { make, ...options }))
      describe(name, () => {
        for (const law of loweringLaws(make, rowKernels, options)) it(law.name, law.check);
      });
});
