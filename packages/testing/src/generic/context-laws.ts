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

/** A module that wants no context is not shown the one it gets; a distribution, being a boundary, refuses it. */
export type Unwanted = "unseen" | "refused";

/** A context is used where it was asked for and refused where it does not fit. */
export function contextLaws<M extends Module>(subject: Subject<M>, unwanted: Unwanted = "unseen"): Law[] {
  const { context = 0, ways } = subject;
  if (context === 0) return [unwanted === "unseen" ? unseenLaw(subject) : refusedLaw(subject)];
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

const unseenLaw = <M extends Module>(subject: Subject<M>): Law =>
  lawFor(subject, "without contextFeatures no context is seen", async (module) => {
    for (const way of subject.ways) {
      const batch = batchFor(subject, module, way, 5);
      const shown = await evaluate(module, way, withContext(batch, 2, 8));
      same(`${way.name} with a context`, shown, await evaluate(module, way, batch), () => 0);
    }
  });

const refusedLaw = <M extends Module>(subject: Subject<M>): Law =>
  lawFor(subject, "without contextFeatures a context is refused", async (module) => {
    for (const way of subject.ways) refusesContext(module, way, withContext(batchFor(subject, module, way, 5), 2, 8));
  });

function refusesContext<M extends Module>(module: M, way: Way<M>, batch: Batch): void {
  const { rows, call, dispose } = tensorsOf(batch);
  const came = call.context ? `a context [${call.context.shape}]` : "no context";
  refuses(`${way.name} with ${came}`, "context", () => tidy(() => way.run(module, rows, call)));
  dispose();
}
