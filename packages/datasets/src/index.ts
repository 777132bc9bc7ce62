export { type FloorOptions, floor } from "./floors/floor.js";
export type { MeanWithError } from "./floors/heavy-error.js";
export {
  type FreshPoints,
  freshPoints,
  type Miss,
  type NatsAboveFloor,
  type NatsAboveFloorInput,
  natsAboveFloor,
} from "./floors/nats-above-floor.js";
export { type VolumePreservingFloors, volumePreservingFloors } from "./floors/volume-preserving.js";
export { diversity, moments } from "./moments.js";
export { isToySpec, parseToy, type ToySpec, toyNames } from "./parse-toy.js";
export { type Split, type SplitOptions, split, splitIndices } from "./split.js";
export { type Standardisation, standardisation, standardise } from "./standardise.js";
export { delimiterWords } from "./tables/csv-delimiter.js";
export { formatWords } from "./tables/csv-format.js";
export type { CsvFormatOptions, CsvOptions } from "./tables/csv-options.js";
export { type CsvReading, type CsvTable, parseCsv } from "./tables/parse-csv.js";
export { type NpyOptions, parseNpy } from "./tables/parse-npy.js";

export { type DecodedText, type TextOptions, textOfBytes } from "./tables/text-of-bytes.js";
export { toCsv, type WriteOptions } from "./tables/to-csv.js";

export type { Domain, Population, Toy } from "./toy.js";
export { banana } from "./toys/banana.js";
export { type CheckerboardConfig, checkerboard } from "./toys/checkerboard.js";
export { type CirclesConfig, circles } from "./toys/circles.js";
export { type PinwheelConfig, pinwheel } from "./toys/pinwheel.js";
export { type RingConfig, ring } from "./toys/ring.js";
export { bimodal, type TwoModesConfig, twoBlobs } from "./toys/two-modes.js";
export { type TwoMoonsConfig, twoMoons } from "./toys/two-moons.js";
