import { describe, expect, it } from "vitest";
import { type Activation, mlpSpec, radialSpec, resultsOf, rowOpSpec, stepOf } from "./index.js";

describe("a step by itself", () => {
  it("numbers its registers, reads first, and gives each parameter a buffer", () => {
    const step = stepOf(mlpSpec, {
      rows: [2],
      params: [[2, 5], [5], [5, 1], [1]],
      attrs: { widths: [5, 1], activation: "relu", slope: 0 },
    });
    expect([...step.reads, ...step.writes].map(({ index, width, shared }) => [index, width, shared])).toEqual([
      [0, 2, false],
      [1, 5, false],
      [2, 1, false],
    ]);
    expect(step.params.map(({ buffer, size }) => [buffer, size])).toEqual([
      [0, 10],
      [1, 5],
      [2, 5],
      [3, 1],
    ]);
    expect(resultsOf(step)).toEqual(step.writes.slice(1));
  });

  it("of a barrier writes rows that all share, and all of them are results", () => {
    const spec = rowOpSpec({ op: "acme.range", barrier: true, widths: ([n]) => [n!, n!] });
    const step = stepOf(spec, { rows: [3, 1], shared: 1, attrs: {} });
    expect(step.reads.map(({ shared }) => shared)).toEqual([false, true]);
    expect(step.writes.map(({ shared }) => shared)).toEqual([true, true]);
    expect(resultsOf(step)).toEqual(step.writes);
  });

  it("is refused with other parameters than its op's", () => {
    expect(() => stepOf(radialSpec, { rows: [2], params: [[2]], attrs: {} })).toThrow(
      "radial: this op takes the parameters center, logAlpha, rawBeta, got 1.",
    );
    const plain = rowOpSpec({ op: "acme.plain" });
    expect(() => stepOf(plain, { rows: [2], params: [[2]], attrs: {} })).toThrow("acme.plain: this op takes no parameters, got 1.");
  });
});

it("a name that an op does not know is refused", () => {
  const step = stepOf(mlpSpec, { rows: [1], params: [[1, 1], [1]], attrs: { widths: [1], activation: "gelu" as Activation, slope: 0 } });
  expect(() => mlpSpec.words(step)).toThrow(
    "flows/mlp: activation must be one of relu, leakyRelu, elu, tanh, sigmoid, softplus, got gelu.",
  );
});
