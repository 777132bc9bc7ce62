import { cpu } from "@flows/backend-cpu";
import { memory } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { useBackend } from "../backend/use-backend.js";
import { flow } from "../distributions/flow.js";
import { normal } from "../distributions/normal.js";
import { uniform } from "../distributions/uniform.js";
import type { BatchLike } from "../host/batch.js";
import { chain } from "../maps/chain.js";
import { leaves } from "../modules/leaves.js";
import { affine, cloud } from "../testing/acme.js";
import { fit } from "./fit.js";
import type { FitOptions } from "./options.js";

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "nothing",
    (error: { code?: string; message: string }) => `${error.code} ${error.message}`,
  );

it("refuses bad data and options by name, and leaves the flow as it was", async () => {
  const handle = await useBackend(cpu());
  const before = memory().numTensors;
  const model = flow({ base: normal({ features: 2 }), bijector: chain([affine({ features: 2 })]) });
  const numbers = async () => Promise.all(leaves(model).map((leaf) => leaf.read()));
  const [rows, old] = [cloud(8), await numbers()];
  const refused: readonly (readonly [BatchLike, FitOptions, string])[] = [
    [[], {}, "data fit: expected at least 2 rows to train on, got 0"],
    [
      { x: rows, weights: Array(8).fill(1e308) },
      {},
      "data fit: weights must sum to between 1e-290 and 1e+290, got Infinity. Only their ratios",
    ],
    [{ x: rows, weights: Array(8).fill(5e-324) }, {}, "between 1e-290 and 1e+290, got 4e-323"],
    [rows, { validation: [] }, "data fit: validation holds no rows. Give some, or validation: 0"],
    [[[1, 2]], {}, "expected at least 2 rows to train on, got 1"],
    [[[1], [2]], {}, "shape fit: flows/flow takes rows of shape [2]"],
    [
      [
        [1, 2],
        [3, Number.NaN],
      ],
      {},
      "data fit: row 1, column 1 is NaN",
    ],
    [{ x: rows, context: [[1]] }, {}, "context fit"],
    [{ x: rows, weights: [1] }, {}, "expected 8 weights, one for each row, got 1"],
    [{ x: rows, weights: Array(8).fill(-1) }, {}, "weight 0 is -1"],
    [rows, { steps: -1 }, "config fit: steps must be a whole number from 1"],
    [rows, { steps: 1, epochs: 1 }, "give steps or epochs, not both"],
    [rows, { batch: 1 }, "batch must be a whole number from 2"],
    [rows, { learningRate: Number.NaN }, "learningRate must be a finite number"],
    [rows, { clip: 0 }, "clip must be a finite number above 0"],
    [rows, { seed: -3 }, "seed must be an integer"],
    [rows, { validation: 1 }, "validation must be a fraction"],
    [rows, { validation: [[1]] }, "shape fit: validation: flows/flow takes rows"],
    [rows, { patience: 3 }, "patience needs validation rows"],
    [rows, { schedule: { kind: "step" } as never }, "schedule.kind must be one of cosine, constant"],
    [rows, { steps: 5, schedule: { kind: "cosine", warmup: 5 } }, "schedule.warmup must be below the 5 steps"],
    [rows, { averaging: { kind: "exponential", decay: 1 } }, "averaging.decay must be below 1"],
    [rows, { epoch: 3 } as never, "there is no option epoch. Known: steps, epochs"],
  ];
  for (const [data, options, text] of refused) expect(await codeOf(fit(model, data, options))).toContain(text);
  expect(await numbers()).toEqual(old);
  const empty = uniform({ features: 2 });
  expect(await codeOf(fit(empty, rows))).toContain("there is nothing to train");
  empty.dispose();
  model.dispose();
  expect(await codeOf(fit(model, rows))).toContain("disposed flows/flow");
  expect(memory().numTensors).toBe(before);
  handle.dispose();
});
