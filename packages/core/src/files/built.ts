import { engine, tidy, type Variable } from "@tensorflow/tfjs-core";
import { undrawn } from "../budget.js";
import type { Module } from "../contracts/index.js";
import { fail, isFlowsError } from "../errors.js";
import type { Json } from "../modules/json.js";
import type { Registry } from "../registry.js";

/** What goes wrong with a file's content is the file's fault, unless the registry lacks something. */
export function inFile<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (isFlowsError(error) && (error.code === "registry" || error.code === "file")) throw error;
    return fail("file", "load", `the file's content cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

/** Builds the module that a file describes, whose numbers come next: no more of them than the file has, so that its words cannot take memory that it does not fill. Whatever a factory makes of a strange configuration, on failure all of it is freed. */
export function built(json: Json, registry: Registry, numbers: number): Module {
  const before = new Set(variables());
  try {
    return inFile(() => undrawn(numbers, () => fromJSON(json, registry)));
  } catch (error) {
    for (const variable of variables()) if (!before.has(variable)) variable.dispose();
    throw error;
  }
}

const variables = (): Variable[] => Object.values(engine().state.registeredVariables);

/** A factory that throws may leave plain tensors behind; the tidy takes them. */
function fromJSON(json: Json, registry: Registry): Module {
  let module: Module | undefined;
  tidy(() => {
    module = registry.fromJSON(json);
  });
  return module!;
}
