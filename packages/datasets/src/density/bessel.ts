/**
 * exp(-x) I0(x) for x >= 0, the scaled modified Bessel function, relative error about 1e-14.
 *
 * Below 30 the power series (all terms positive), above it the asymptotic one, cut where its terms are below 1e-16.
 * Source: Abramowitz and Stegun, 9.6.12 and 9.7.1.
 */
export const scaledBesselI0 = (x: number): number => (x < 30 ? Math.exp(-x) * powerSeries(x) : asymptotic(x));

function powerSeries(x: number): number {
  let term = 1;
  let total = 1;
  for (let k = 1; term > 1e-17 * total; k++) {
    term *= (x / (2 * k)) ** 2;
    total += term;
  }
  return total;
}

function asymptotic(x: number): number {
  let term = 1;
  let total = 1;
  for (let k = 1; k <= 30 && term > 1e-17; k++) {
    term *= (2 * k - 1) ** 2 / (8 * k * x);
    total += term;
  }
  return total / Math.sqrt(2 * Math.PI * x);
}
