import { isFlowsError } from "@flows/core";
import { expect, it } from "vitest";
import { isToySpec, parseToy, toyNames } from "./parse-toy.js";

it("reads a toy with its options", () => {
  const { toy, n, standardize } = parseToy("toy:two-moons?n=500&noise=0.06&standardize=true");
  expect([toy.name, toy.config, n, standardize]).toEqual(["two-moons", { noise: 0.06 }, 500, true]);
  expect(parseToy("toy:ring").n).toBe(4000);
  expect(parseToy("toy:ring").standardize).toBe(false);
  for (const name of toyNames) expect(parseToy(`toy:${name}`).toy.name).toBe(name);
  expect([isToySpec("toy:ring"), isToySpec("ring.csv")]).toEqual([true, false]);
});

const refused: readonly [text: string, message: RegExp][] = [
  ["toy:three-moons", /there is no toy "three-moons"\. Known are two-moons, circles, ring/],
  ["toy:", /there is no toy ""/],
  ["toy:toString", /there is no toy "toString"/],
  ["toy:ring?modus=8", /there is no option "modus"\. Known are n, standardize, modes, radius, sd/],
  ["toy:ring?constructor=8", /there is no option "constructor"/],
  ["toy:ring?n=-5", /n must be a whole number from 1 to 100000000, got -5/],
  ["toy:ring?n=1.5", /n must be a whole number/],
  ["toy:ring?n=0", /n must be a whole number/],
  ["toy:ring?n=", /n must be a number, got ""/],
  ["toy:ring?n=ten", /n must be a number, got "ten"/],
  ["toy:ring?n=5&n=6", /option n is given twice/],
  ["toy:ring?sd=-1", /ring: sd must be/],
  ["toy:ring?standardize=yes", /standardize must be true or false, got "yes"/],
];

it.each(refused)("%s is refused with what is known", (text, message) => {
  expect(() => parseToy(text)).toThrow(message);
  try {
    parseToy(text);
  } catch (error) {
    expect(isFlowsError(error) && error.code).toBe("config");
  }
});
