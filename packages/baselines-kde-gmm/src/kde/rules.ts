/** Bandwidths relative to the spread of the data, for n effective rows of d features: kernel covariance = factor^2 x reference covariance. */
export type Rule = (n: number, d: number) => number;

/** Scott (1992), Multivariate Density Estimation, eq. 6.42: n^(-1/(d+4)). */
export const scott: Rule = (n, d) => n ** (-1 / (d + 4));

/** Silverman (1986), Density Estimation, eq. 4.14: (n (d + 2) / 4)^(-1/(d+4)), best for a Gaussian; it oversmooths several modes. */
export const silverman: Rule = (n, d) => ((n * (d + 2)) / 4) ** (-1 / (d + 4));

/** The grid of cross-validation around Scott's factor: a thirty-second of it to twice it, in steps of 2^(1/4). */
export const gridAround = (factor: number): number[] => Array.from({ length: 25 }, (_, k) => factor * 2 ** (k / 4 - 5));
