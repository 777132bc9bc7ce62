import { expect, it, vi } from "vitest";
import { accepts, type Shown } from "./index.js";

// Nothing planted is recorded.
vi.mock("node:fs", async (original) => ({
  ...(await original<typeof import("node:fs")>()),
  appendFileSync: () => undefined,
  mkdirSync: () => undefined,
}));

it.each([
  { behaviour: "planted", passed: false },
  { behaviour: "planted" } as Shown,
  { value: 1, expected: 0, tolerance: 0.5 },
  { value: Number.NaN, atMost: 1 },
])("%j is no acceptance", (shown) => {
  expect(() => accepts("000.0", shown)).toThrow("000.0 is not shown");
});

it("what was seen is one", () => {
  expect(() => accepts("000.0", { behaviour: "planted", passed: true })).not.toThrow();
});
