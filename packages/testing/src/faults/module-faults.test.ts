import { float64 } from "@flows/backend-float64";
import { type BackendHandle, useBackend } from "@flows/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bijectorLaws } from "../index.js";
import { brokenLaws } from "./broken-laws.js";
import { type Fault, faults, faulty, sound } from "./modules.js";

const lawsOf = ({ make, unlowered, context }: Fault) => bijectorLaws(make, { event: [3], plugins: [faulty], unlowered, context });

describe("planted faults in modules", () => {
  let handle: BackendHandle;
  beforeAll(async () => {
    handle = await useBackend(float64());
  });
  afterAll(() => handle.dispose());

  it("a correct module passes", async () => expect(await brokenLaws(lawsOf(sound))).toEqual([]));

  for (const fault of faults)
    it(`${fault.name} is caught by: ${fault.caughtBy.join("; ")}`, async () => {
      const names = (await brokenLaws(lawsOf(fault))).map(({ law }) => law);
      expect(names).toEqual(expect.arrayContaining([...fault.caughtBy]));
    });
});
