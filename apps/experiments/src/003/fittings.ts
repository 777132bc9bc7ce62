import { nice, realNvp } from "@flows/bijectors";
import { twoMoons, volumePreservingFloors } from "@flows/datasets";
import type { Fitting } from "../lab/training.js";

export const moons = twoMoons();
/** What a flow of log-det 0 can reach on these moons, and with one global scale. */
export const bounds = volumePreservingFloors(moons);
export const batchesAnEpoch = 40;
/** The losses that the notes print, epochs 1 to 10. */
export const printed = [2.2348, 2.1082, 2.0361, 2.0241, 1.998, 1.976, 1.9686, 1.9661, 1.9602, 1.9542];

const shape = { features: 2, layers: 6, hidden: [128, 128] } as const;
/** The notes' training: 10,000 rows as they are, batches of 256 with the last one kept, Adam 1e-3. */
const notes = { toy: moons, rows: 10_000, options: { epochs: 10, batch: 256, learningRate: 1e-3, logEvery: batchesAnEpoch } } as const;

/** NICE exactly as in the notes: additive couplings and nothing else. */
export const plainNice: Fitting = { ...notes, key: "nice", label: "NICE", make: () => nice({ ...shape, scaling: false }) };
export const scaledNice: Fitting = { ...notes, key: "nice-scaled", label: "NICE with scaling", make: () => nice(shape) };

const longEpochs = (quick: boolean): number => (quick ? 15 : 100);

/** The scaling takes longer than ten epochs to find its place. */
export const longNice = (quick: boolean): Fitting => ({
  ...scaledNice,
  key: "nice-scaled-long",
  label: `NICE with scaling, ${longEpochs(quick)} epochs`,
  options: { ...notes.options, epochs: longEpochs(quick), learningRate: 3e-3, schedule: { kind: "cosine" } },
});

/** What the notes promise and do not code: two networks for each coupling. */
export const affine: Fitting = { ...notes, key: "real-nvp", label: "RealNVP", make: () => realNvp({ ...shape, networks: "separate" }) };
