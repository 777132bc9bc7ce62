import { describe, it } from "vitest";
import { bent } from "../testing/bends.js";
import { checkBackward, checkForward } from "../testing/check.js";
import { copies } from "../testing/copies.js";
import { elementwise } from "../testing/curves.js";
import { mlp } from "../testing/dense.js";
import { linearLU } from "../testing/linear.js";
import { transforms } from "../testing/transforms.js";

describe.each([...transforms, ...copies, ...mlp, ...elementwise, ...bent, ...linearLU])("$name", (c) => {
  it.each([
    [1, 0, 1],
    [65, 0, 65],
    [9, 4, 7],
  ])("of %d rows, %d to %d", (rows, from, to) => {
    checkForward(c, rows, from, to);
    checkBackward(c, rows, from, to);
  });
});
