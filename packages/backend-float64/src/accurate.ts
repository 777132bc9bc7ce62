/** log(1 + e^x). tfjs switches to x and e^x where float32 sees no difference, which is 1e-6 too early here. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** e^x - 1 below 0, without the cancellation near 0 of tfjs's. */
export const elu = (x: number): number => (x >= 0 ? x : Math.expm1(x));

/**
 * The error function by 2 / sqrt(pi) e^(-x^2) sum over n of 2^n x^(2n + 1) / (2n + 1)!!, whose terms all have one sign.
 * tfjs's is right to 1.5e-7 only. Source: Abramowitz and Stegun (1964), 7.1.6.
 */
export function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) sum += term *= (2 * x * x) / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** Kernels of tfjs's CPU backend that are not accurate beyond float32, and what stands in for them. */
export const accurate: readonly (readonly [kernelName: string, f: (x: number) => number])[] = [
  ["Softplus", softplus],
  ["Elu", elu],
  ["Erf", erf],
];
