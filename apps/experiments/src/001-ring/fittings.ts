import { realNvp } from "@flows/bijectors";
import { ring } from "@flows/datasets";
import type { Fitting } from "../lab/training.js";

export const toy = ring();
/** 2,000 rows are seven whole batches; the document's loader drops the 208 that are left (D9). */
export const batchesAnEpoch = 7;
/** The variance of a coordinate on the ring: r²/2 + σ². */
export const trueDiversity = 3 ** 2 / 2 + 0.25 ** 2;

/** The document's training of a RealNVP: 2,000 rows, batches of 256, Adam at a constant 1e-3, nothing clipped. */
export const fittingOf = (layers: number, hidden: number, quick: boolean): Fitting => ({
  key: `L${layers}-h${hidden}`,
  label: `${layers} layers, hidden ${hidden}`,
  make: () => realNvp({ features: 2, layers, hidden: [hidden, hidden], networks: "separate", inputs: "masked", firstTurn: 1 }),
  toy,
  rows: 2000,
  wholeBatches: true,
  options: { steps: (quick ? 6 : 300) * batchesAnEpoch, batch: 256, learningRate: 1e-3, logEvery: batchesAnEpoch },
});

/** The document's own flow, watched as it does: the spread of 2,048 samples after every epoch. */
export const documents = (quick: boolean): Fitting => ({ ...fittingOf(6, 128, quick), key: "document", diversity: 2048 });
