import { type Backend, type BackendHandle, useBackend } from "@flows/core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { allLaws } from "./all-laws.js";

/** Tests that every law of the table holds on a backend. */
export function everyLawHolds(backend: Backend): void {
  describe(`on ${backend.name}`, () => {
    let handle: BackendHandle;
    beforeAll(async () => {
      handle = await useBackend(backend);
    });
    afterAll(() => handle.dispose());
    for (const [name, laws] of allLaws())
      describe(name, () => {
        for (const law of laws) it(law.name, law.check);
      });
  });
}
