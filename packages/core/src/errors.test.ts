import { expect, it } from "vitest";
import { finiteNumber, oneOf, wholeNumber } from "./checks.js";
import { FlowsError, fail, isFlowsError } from "./errors.js";
import { checkOptions } from "./options.js";
import { createRegistry } from "./registry.js";

const caught = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

it("keeps who and what apart, and what it names as frozen data of its own", () => {
  const details = { known: ["a"] };
  const error = caught(() => fail("data", "table.csv", "there is no column.", { cause: "planted", details })) as FlowsError;
  expect([error.message, error.where, error.text]).toEqual(["table.csv: there is no column.", "table.csv", "there is no column."]);
  expect([error.cause, error.details]).toEqual(["planted", details]);
  expect(Object.isFrozen(error.details)).toBe(true);
  expect(Object.isFrozen(details)).toBe(false);
  expect(isFlowsError(error)).toBe(true);
  expect(new FlowsError("data", "here", "bare").details).toBeUndefined();
});

it.each([
  [() => checkOptions("fit", {}, { stepz: 3 }), { option: "stepz", known: [] }],
  [
    () => createRegistry([]).fromJSON({ module: "acme/none", config: {} }),
    { type: "acme/none", known: expect.arrayContaining(["flows/chain"]) },
  ],
  [() => wholeNumber("fit", "steps", 0), { name: "steps", expected: "a whole number from 1 to 2147483647" }],
  [() => finiteNumber("fit", "clip", 0, { above: 0 }), { name: "clip", expected: "a number above 0" }],
  [() => oneOf("fit", "kind", "c", ["a", "b"]), { name: "kind", expected: "a or b" }],
])("what it names comes as data", (work, details) => {
  expect(caught(work)).toMatchObject({ details });
});
