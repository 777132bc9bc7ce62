import { expect, it } from "vitest";
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
])("an unknown name comes with the known ones", (work, details) => {
  expect(caught(work)).toMatchObject({ details });
});
