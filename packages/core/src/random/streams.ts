/**
 * The closed list of what random numbers are drawn for; its number is the last word of the Philox counter.
 * Two streams of one seed share no number, and the numbers never change: they are part of what a seed promises.
 */
export const streams = { base: 0, choice: 1, init: 2, shuffle: 3, split: 4, dataset: 5, dequantise: 6, trace: 7 } as const;

/** What random numbers are drawn for. */
export type Stream = keyof typeof streams;
