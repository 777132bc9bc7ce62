/** "p = 0.31", "p = 0.012", "p < 0.0001" */
export const pWords = (p: number): string =>
  p < 1e-4 ? "p < 0.0001" : `p = ${p < 0.01 ? p.toFixed(4) : p < 0.1 ? p.toFixed(3) : p.toFixed(2)}`;

/** Below this a report calls a difference found. */
export const doubtful = 0.01;
/** How a report says so. */
export const threshold = `A difference counts as found where p is below ${doubtful}.`;

/** What a p-value says of a hypothesis, in words. */
export const verdictOf = (p: number): string => (p < doubtful ? `no (${pWords(p)})` : `nothing against it (${pWords(p)})`);
