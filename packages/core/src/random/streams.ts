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
  /** Folds of a cross-validation. */
  folds: 8,
  /** Which of equal values comes first. */
  ties: 9,
  /** Reference points of TARP. */
  reference: 10,
  /** Labels of a permutation test. */
  labels: 11,
  /** Order of equally near rows. */
  lots: 12,
  /** Where in its place a rank lies. */
  places: 13,
} as const;

/** What random numbers are drawn for. */
export type Stream = keyof typeof streams;
