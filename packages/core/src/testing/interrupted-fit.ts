import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
// biome-ignore lint/style/noRestrictedImports: only a test runs it
import { cpu } from "@flows/backend-cpu";
import { useBackend } from "../backend/use-backend.js";
import { flow } from "../distributions/flow.js";
import { normal } from "../distributions/normal.js";
import { chain } from "../maps/chain.js";
import { saveFile } from "../node/model-file.js";
import { writeAtomic } from "../node/write-atomic.js";
import { normals } from "../random/index.js";
import { fit } from "../training/fit.js";
import { affine, bend, centre } from "./acme.js";

/**
 * A program that is killed: it fits with checkpoints in a folder, goes on from the one it finds, and says each step. Told to start anew,
 * it does not look for one: what the test of it must notice.
 */
const [folder = ".", anew] = process.argv.slice(2);
const checkpoint = join(folder, "checkpoint.safetensors");
const resume = anew ? undefined : await readFile(checkpoint).catch(() => undefined);
await useBackend(cpu());
const bijector = chain([affine({ features: 2 }), bend({ hidden: 4 }), centre({ features: 2 }), affine({ features: 2 })]);
const model = flow({ base: normal({ features: 2 }), bijector });
const { seconds, stepMs, ...history } = await fit(
  model,
  { data: normals(2, 0, 100, 2).map((v, i) => (i % 2 === 0 ? v : v * v)), shape: [100, 2] },
  {
    steps: 60,
    batch: 16,
    learningRate: 0.02,
    schedule: { kind: "cosine", to: 1e-3, warmup: 5 },
    clip: 5,
    weightDecay: 0.01,
    freeze: ["bijector.bijectors.1.b0"],
    averaging: { kind: "exponential", decay: 0.9 },
    validation: 0.2,
    patience: 50,
    evaluateEvery: 4,
    logEvery: 1,
    seed: 6,
    resume,
    checkpoint: { every: 3, write: (bytes) => writeAtomic(checkpoint, bytes) },
    onStep: ({ step }) => console.log(`step ${step}`),
  },
);
await writeFile(join(folder, "history.json"), JSON.stringify(history));
await saveFile(join(folder, "model.safetensors"), model);
