import type { Module } from "@flows/core";
import { tidy } from "@tensorflow/tfjs-core";
import { broken, distance, same } from "../close.js";
import type { Law } from "../law.js";
import { type Batch, randomBatch, tensorsOf } from "../plain/batch.js";
import { evaluate } from "../plain/evaluate.js";
import type { Way } from "../plain/way.js";
import { batchFor, lawFor, type Subject } from "../subject.js";
import { refuses } from "./memory-laws.js";

const withContext = (batch: Batch, width: number, seed: number): Batch => ({
  ...batch,
  context: randomBatch(batch.shape[0], [1], width, undefined, seed).context,
});

/** A context is used where it was asked for and refused where it does not fit; nobody else is shown one. */
export function contextLaws<M extends Module>(subject: Subject<M>): Law[] {
  const { context = 0, ways } = subject;
  if (context === 0)
    return [
      lawFor(subject, "without contextFeatures no context is seen", async (module) => {
        for (const way of ways) {
          const batch = batchFor(subject, module, way, 5);
          same(
            `${way.name} with a context`,
            await evaluate(module, way, withContext(batch, 2, 8)),
            await evaluate(module, way, batch),
            () => 0,
          );
        }
      }),
    ];
  return [
    lawFor(subject, "the context is used", async (module) => {
      for (const way of ways) {
        const batch = batchFor(subject, module, way, 5);
        const [here, there] = [await evaluate(module, way, batch), await evaluate(module, way, withContext(batch, context, 18))];
        if (Object.keys(here).every((key) => distance(there[key]!, here[key]!) < 1e-6))
          broken(`${way.name} does not depend on the context`);
      }
    }),
    lawFor(subject, "a missing or wrong context is refused", async (module) => {
      for (const way of ways) {
        const batch = batchFor(subject, module, way, 5);
        refusesContext(module, way, { ...batch, context: new Float64Array(0) });
        refusesContext(module, way, withContext(batch, context + 1, 8));
      }
    }),
  ];
}

function refusesContext<M extends Module>(module: M, way: Way<M>, batch: Batch): void {
  const { rows, call, dispose } = tensorsOf(batch);
  const came = call.context ? `a context [${call.context.shape}]` : "no context";
  refuses(`${way.name} with ${came}`, "context", () => tidy(() => way.run(module, rows, call)));
  dispose();
}
