import erfc from "@stdlib/math-base-special-erfc";

/** Coefficients of c_0, c_1 and c_2 in powers of eta. */
const coefficients = [
  [
    -1 / 3,
    1 / 12,
    -2 / 135,
    1 / 864,
    1 / 2835,
    -139 / 777600,
    1 / 25515,
    -571 / 261273600,
    -281 / 151559100,
    8.29671134095308e-7,
    -1.76659527368261e-7,
  ],
  [-1 / 540, -1 / 288, 1 / 378, -77 / 77760, 1 / 4860, -4.01877572016461e-7, -1.809855033449e-5, 7.64916091608111e-6],
  [25 / 6048, -139 / 51840, 7.71604938271605e-4, 2.0093878600823e-6, -1.07366532263652e-4],
] as const;

const polynomial = (coefficients: readonly number[], x: number): number => coefficients.reduceRight((sum, c) => sum * x + c, 0);

/** lambda - 1 - ln lambda for lambda = 1 + m, without cancellation near 0. */
function excess(m: number): number {
  if (Math.abs(m) > 0.1) return m - Math.log1p(m);
  let [sum, power] = [0, -m];
  for (let k = 2; k < 24; k++) {
    power *= -m;
    sum += power / k;
  }
  return sum;
}

/**
 * The regularised incomplete gamma function of a large shape a: the upper one Q(a, x) for side 1, the lower one P(a, x) for side -1, by
 * Temme's uniform expansion: erfc(side eta sqrt(a / 2)) / 2 + side exp(-a eta² / 2) / sqrt(2 pi a) sum_k c_k(eta) a^-k, where
 * eta² / 2 = lambda - 1 - ln lambda with lambda = x / a and eta of lambda - 1's sign.
 *
 * Source: NIST Digital Library of Mathematical Functions, 8.12.3, 8.12.4 and 8.12.7. https://dlmf.nist.gov/8.12
 */
export function largeGamma(a: number, x: number, side: 1 | -1): number {
  const m = x / a - 1;
  const half = excess(m);
  const eta = Math.sign(m) * Math.sqrt(2 * half);
  const first = 0.5 * erfc(side * eta * Math.sqrt(a / 2));
  // Beyond, what is left is less than 1e-60 of either side.
  if (a * half > 140) return first;
  const sum = coefficients.reduce((total, c, k) => total + polynomial(c, eta) / a ** k, 0);
  return first + (side * Math.exp(-a * half) * sum) / Math.sqrt(2 * Math.PI * a);
}

/** The density at x, by Stirling's series. */
function density(a: number, x: number): number {
  return (Math.sqrt(a / (2 * Math.PI)) * Math.exp(-a * excess(x / a - 1) - 1 / (12 * a))) / x;
}

/**
 * The x with P(a, x) = p for a large shape a and p in (0, 1), z being the normal quantile of p: Newton's method from Wilson and Hilferty's
 * cube, on the smaller side.
 */
export function largeGammaQuantile(a: number, p: number, z: number): number {
  const spread = 1 / (9 * a);
  let x = a * (1 - spread + z * Math.sqrt(spread)) ** 3;
  for (let turn = 0; turn < 8; turn++) {
    const error = p <= 0.5 ? largeGamma(a, x, -1) - p : 1 - p - largeGamma(a, x, 1);
    x -= error / density(a, x);
  }
  return x;
}
