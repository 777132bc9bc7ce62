import type { BijectorSubject } from "../bijector/subject.js";
import { broken, close } from "../close.js";
import type { Law } from "../law.js";
import type { Batch } from "../plain/batch.js";
import { evaluate } from "../plain/evaluate.js";
import { jacobians } from "../plain/jacobian.js";
import { batchFor, lawFor } from "../subject.js";

/** The same batch with one raw number of every row moved. */
function nudged(batch: Batch, column: number): Batch {
  const width = batch.context.length / batch.shape[0];
  return { ...batch, context: batch.context.map((v, i) => (i % width === column ? v + 0.5 : v)) };
}

/** Elementwise means: feature j depends on input j and on the raw numbers of feature j, on each of them. */
export const featureLaws = (subject: BijectorSubject): Law[] => {
  const [features, context] = [subject.event[0]!, subject.context!];
  return [
    lawFor(subject, "the Jacobian is diagonal", async (b) => {
      for (const way of subject.ways) {
        const rows = await jacobians(b, way, batchFor(subject, b, way, 3));
        const off = rows.flatMap((matrix) => matrix.flatMap((line, i) => line.filter((_, j) => j !== i)));
        close(`d ${way.name} off the diagonal`, off, new Float64Array(off.length), 0);
      }
    }),
    lawFor(subject, "each raw number moves its own feature, and only that", async (b) => {
      for (const way of subject.ways) {
        const batch = batchFor(subject, b, way, 8);
        const still = await evaluate(b, way, batch);
        for (let column = 0; column < context; column++) {
          const { value, logDet } = await evaluate(b, way, nudged(batch, column));
          const moved = Array.from(value!).map((v, i) => v !== still.value![i]);
          const logDetMoved = Array.from(logDet!).some((v, i) => v !== still.logDet![i]);
          if (moved.some((m, i) => m && i % features !== column % features))
            broken(`raw number ${column} moves another feature than ${column % features} in ${way.name}`);
          if (!moved.includes(true) && !logDetMoved) broken(`raw number ${column} moves nothing in ${way.name}`);
        }
      }
    }),
  ];
};
