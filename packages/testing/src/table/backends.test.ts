import { cpu } from "@flows/backend-cpu";
import { float64 } from "@flows/backend-float64";
import { wasm } from "@flows/backend-wasm";
import { describe, it } from "vitest";
import { compareBackends } from "../index.js";
import { distributions, everyBijector } from "./all-laws.js";

const subjects = { bijectors: everyBijector, distributions };

describe("float32 backends against float64", () => {
  for (const [name, backend] of [
    ["cpu with programs", cpu()],
    ["cpu without programs", cpu({ programs: false })],
    ["wasm", wasm()],
  ] as const)
    describe(name, () => {
      for (const law of compareBackends(subjects, backend, float64())) it(law.name, law.check);
    });
});
