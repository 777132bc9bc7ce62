import { type Distribution, leaves } from "@flows/core";
import { densityGradient, dropUpdates, normals, tensorOf, type Updates, withReference } from "@flows/core/author";
import { type NamedTensorMap, reshape, slice, type Tensor1D, tidy, zerosLike } from "@tensorflow/tfjs-core";
import { type Result, same } from "../close.js";
import { manyRows } from "../generic/reference-laws.js";
import type { Law } from "../law.js";
import { type Batch, tensorsOf } from "../plain/batch.js";
import { read } from "../plain/read.js";
import { batchFor, boundFor, lawFor } from "../subject.js";
import type { DistributionSubject } from "./subject.js";

/** What a training step takes from a batch: "loss", "d shift", ..., and new state by the place of its numbers. */
async function pulled(d: Distribution, batch: Batch, run: <T>(f: () => T) => T): Promise<Result> {
  const inputs = tensorsOf(batch);
  const updates: Updates = new Map();
  const params = leaves(d).filter(({ kind }) => kind === "param");
  try {
    return await read(
      tidy(() => {
        const slopes = tensorOf(normals(13, 0, 1, batch.shape[0]), [batch.shape[0]]);
        const buffers = [...new Set(params.map(({ buffer }) => buffer))];
        const call = { ...inputs.call, training: true, updates };
        const { value, grads } = run(() => densityGradient(d, inputs.rows, slopes, buffers, call));
        const found: NamedTensorMap = { loss: value };
        for (const leaf of params) found[`d ${leaf.path}`] = leaf.within(grads[leaf.buffer.name] ?? zerosLike(leaf.buffer));
        for (const [view, tensor] of updates)
          for (const { buffer, offset, size } of view.parts ?? [view])
            found[`new ${buffer.id} ${offset}`] = slice(reshape(tensor, [tensor.size]) as Tensor1D, offset - view.offset, size);
        return found;
      }),
    );
  } finally {
    dropUpdates(updates);
    inputs.dispose();
  }
}

/** The gradient of a training step by the backend's kernel equals that of the composites; there must be something to train. */
export const stepLaws = (subject: DistributionSubject): Law[] => [
  lawFor(subject, "a training step has the loss, the gradients and the new state of the reference", async (d) => {
    if (leaves(d).every(({ kind }) => kind !== "param")) return;
    const bound = await boundFor(subject, d, subject.density);
    for (const n of [2, 5, manyRows]) {
      const batch = batchFor(subject, d, subject.density, n);
      const want = await pulled(d, batch, withReference);
      same(`a step on ${n} rows`, await pulled(d, batch, (f) => f()), want, (key) => (key === "loss" ? bound("logProb") * n : bound(key)));
    }
  }),
];
