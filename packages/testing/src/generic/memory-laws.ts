import { isFlowsError, type Module } from "@flows/core";
import { memory, tidy } from "@tensorflow/tfjs-core";
import { broken } from "../close.js";
import type { Law } from "../law.js";
import { tensorsOf } from "../plain/batch.js";
import { measure } from "../plain/measure.js";
import { batchFor, lawFor, type Subject } from "../subject.js";

/** What `using` calls; older engines have polyfills under this key. */
const disposeKey: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for("Symbol.dispose") as never);

/** Runs `f` and says how many tensors came with it. */
function grown<T>(f: () => T): readonly [result: T, tensors: number] {
  const before = memory().numTensors;
  const result = f();
  return [result, memory().numTensors - before];
}

/** A call leaves what it returns, a gradient nothing, dispose nothing. */
export function memoryLaws<M extends Module>(subject: Subject<M>): Law[] {
  return [
    lawFor(subject, "a call leaves what it returns", async (module) => {
      for (const way of subject.ways) {
        const { rows, call, dispose } = tensorsOf(batchFor(subject, module, way, 4));
        const [outputs, tensors] = grown(() => way.run(module, rows, call));
        const returned = Object.values(outputs);
        if (tensors !== returned.length) broken(`${way.name} left ${tensors} tensors, returned ${returned.length}`);
        if (returned.includes(rows)) broken(`${way.name} returned its input itself; it must be a clone`);
        for (const output of returned) output.dispose();
        dispose();
      }
    }),
    lawFor(subject, "a gradient leaves nothing", async (module) => {
      for (const way of subject.ways) {
        const before = memory().numTensors;
        await measure(module, way, batchFor(subject, module, way, 4));
        if (memory().numTensors !== before) broken(`a gradient of ${way.name} left ${memory().numTensors - before} tensors`);
      }
    }),
    {
      name: "dispose frees everything, also twice",
      check: async () => {
        const [module, tensors] = grown(subject.make);
        const [, freed] = grown(() => module.dispose());
        if (tensors + freed !== 0) broken(`making it took ${tensors} tensors, dispose freed ${-freed}`);
        const [, again] = grown(() => module[disposeKey]());
        if (again !== 0) broken(`a second dispose changed the count by ${again}`);
      },
    },
    lawFor(subject, "use after dispose throws", async (module) => {
      const inputs = subject.ways.map((way) => [way, tensorsOf(batchFor(subject, module, way, 2))] as const);
      module.dispose();
      for (const [way, { rows, call, dispose }] of inputs) {
        refuses(`${way.name} after dispose`, "disposed", () => tidy(() => way.run(module, rows, call)));
        dispose();
      }
    }),
  ];
}

/** The call must throw a FlowsError of this code. */
export function refuses(what: string, code: string, f: () => unknown): void {
  try {
    f();
  } catch (error) {
    if (isFlowsError(error) && error.code === code) return;
    broken(`${what} must throw a FlowsError "${code}", threw ${String(error)}`);
  }
  broken(`${what} must throw a FlowsError "${code}", but did not throw`);
}
