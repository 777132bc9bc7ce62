import { expect, it } from "vitest";
import logarithms from "./fixtures/logarithms.json";
import { log } from "./log.js";
import { uniforms } from "./uniform.js";

/** Distance of neighbouring doubles at x. */
const spacing = (x: number): number => 2 ** (Math.max(Math.floor(Math.log2(Math.abs(x))), -1022) - 52);

it("log is within one unit in the last place on hard points", () => {
  for (const [x, truth] of logarithms.points) expect(Math.abs(log(x!) - truth!), `log ${x}`).toBeLessThanOrEqual(spacing(truth!));
});

it("log agrees with Math.log to one unit in the last place on both sides of 1 and across exponents", () => {
  let worst = 0;
  const draws = uniforms(1, 0, 100_000, 2, "dataset");
  for (let i = 0; i < draws.length; i += 2) {
    const x = i % 4 === 0 ? 0.5 + 1.5 * draws[i]! : draws[i]! * 2 ** Math.floor(2000 * (draws[i + 1]! - 0.5));
    worst = Math.max(worst, Math.abs(log(x) - Math.log(x)) / spacing(Math.log(x)));
  }
  expect(worst).toBeLessThanOrEqual(1);
});

it("log is exact at 1 and follows IEEE at the edges", () => {
  expect(log(1)).toBe(0);
  expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(log(-0)).toBe(Number.NEGATIVE_INFINITY);
  expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(log(-1)).toBeNaN();
  expect(log(Number.NaN)).toBeNaN();
});
