import { expect, it } from "vitest";
import { close, distance } from "./close.js";

it("an expected infinity is met by itself alone", () => {
  const infinite = Number.NEGATIVE_INFINITY;
  expect(() => close("x", [infinite], [infinite], 1e-3)).not.toThrow();
  for (const other of [0, -1e300, Number.POSITIVE_INFINITY, Number.NaN])
    expect(() => close("x", [other], [infinite], 1e-3)).toThrow(/number 0 is/);
  expect(() => close("x", [infinite], [1], 1e-3)).toThrow();
  expect([distance([1], [infinite]), distance([infinite], [infinite])]).toEqual([Number.POSITIVE_INFINITY, 0]);
});
