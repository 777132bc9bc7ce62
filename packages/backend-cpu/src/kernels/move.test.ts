import { describe, expect, it } from "vitest";
import { copies } from "../testing/copies.js";
import { frame, setUp } from "../testing/frame.js";

describe("move", () => {
  it("lets no NaN through where it masks, neither value nor gradient", () => {
    const { kernel, step } = setUp(copies.find(({ name }) => name === "a mask")!, 1);
    const [x, y, dx] = [Float64Array.of(1, Number.NaN, 2), new Float64Array(3), new Float64Array(3)];
    kernel.forward(frame([x], [y], [], new Float64Array(1)), step, 0, 1);
    kernel.backward(
      frame([x], [y], [], new Float64Array(1)),
      frame([dx], [Float64Array.of(1, Number.NaN, 1)], [], new Float64Array(1)),
      step,
      0,
      1,
    );
    expect([...y, ...dx]).toEqual([1, 0, 2, 1, 0, 1]);
  });
});
