/**
 * The closed list of what random numbers are drawn for; its number is the last word of the Philox counter.
 * Two streams of one seed share no number, and the numbers never change: they are part of what a seed promises.
 */
export const streams = {
  base: 0,
  choice: 1,
  init: 2,
  shuffle: 3,
  split: 4,
  dataset: 5,
  dequantise: 6,
  trace: 7,
  /** Of diagnostics, each for one use: what a test draws may not go with what it tests, whatever the seeds. */
  permutation: 8,
  ties: 9,
  reference: 10,
  folds: 11,
} as const;

/** What random numbers are drawn for. */
export type Stream = keyof typeof streams;
