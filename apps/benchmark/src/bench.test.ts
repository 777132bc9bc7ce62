import { describe, expect, it } from "vitest";
import { short } from "./numbers.js";
import { parseOptions } from "./options.js";
import { withSection } from "./report/results.js";
import { timesOf } from "./statistics.js";
import { markdown } from "./table.js";

it("least and middle, of odd and even numbers of times", () => {
  expect(timesOf([3, 1, 2])).toEqual({ min: 1, median: 2 });
  expect(timesOf([4, 1, 2, 3])).toEqual({ min: 1, median: 2.5 });
  expect(timesOf([7])).toEqual({ min: 7, median: 7 });
});

it("three digits that count", () => {
  expect([0.012345, 1.2345, 123.45, 1234.5].map(short)).toEqual(["0.0123", "1.23", "123", "1,235"]);
});

it("columns stand in line, numbers to the right", () => {
  expect(markdown({ heads: ["a", "ms"], right: ["ms"], rows: [["long name", "1"]] })).toBe(
    "| a         |  ms |\n| --------- | --: |\n| long name |   1 |",
  );
});

it("a section takes the place of the older one of its Node version, and leaves the others", () => {
  const once = withSection("", "Node 20", "first");
  const both = withSection(once, "Node 24", "other");
  const again = withSection(both, "Node 20", "second");
  expect(again).toContain("## Node 20\n\nsecond");
  expect(again).toContain("## Node 24\n\nother");
  expect(again).not.toContain("first");
});

describe("a call", () => {
  const known = { workloads: ["w1", "w4"], backends: ["wasm", "cpu"] };
  it("has defaults, and takes lists", () => {
    expect(parseOptions([], known, 2)).toMatchObject({ workloads: ["w1", "w4"], backends: ["wasm"], threads: [1], peers: false });
    expect(parseOptions(["--workloads", "w4", "--threads", "1,2"], known, 2)).toMatchObject({ workloads: ["w4"], threads: [1, 2] });
  });
  it.each([
    [["--workloads", "w9"], /--workloads takes names.*of w1, w4; got "w9"/],
    [["--backends", "cuda"], /--backends takes names.*of wasm, cpu; got "cuda"/],
    [["--threads", "0"], /--threads takes whole numbers from 1 to 2/],
    [["--threads=-1"], /--threads takes whole numbers from 1 to 2/],
    [["--threads", "3"], /--threads takes whole numbers from 1 to 2, the cores of this machine/],
    [["--results", "--quick"], /--results keeps full runs only/],
    [["--fast"], /Options: --workloads, --backends/],
  ])("%j is refused", (argv, text) => {
    expect(() => parseOptions(argv, known, 2)).toThrow(text);
  });
});
