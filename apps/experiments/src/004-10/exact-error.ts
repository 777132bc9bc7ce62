/**
 * The mean integrated squared error of a KDE of bandwidth h, kernel and target standard normals in d dimensions, n rows:
 * (4 pi)^(-d/2) (1 / (n h^d) + (1 - 1/n) (1 + h^2)^(-d/2) - 2 (1 + h^2 / 2)^(-d/2) + 1).
 * Source: Marron and Wand (1992), Exact Mean Integrated Squared Error, theorem 2.1.
 */
export const miseOf = (n: number, h: number, d: number): number =>
  (4 * Math.PI) ** (-d / 2) * (1 / (n * h ** d) + (1 - 1 / n) * (1 + h * h) ** (-d / 2) - 2 * (1 + (h * h) / 2) ** (-d / 2) + 1);

/** The bandwidth of least error: golden-section search on its logarithm. */
export function bestBandwidth(n: number, d: number): number {
  const shrink = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(1e-3), Math.log(10)];
  for (let i = 0; i < 80; i++) {
    const [a, b] = [high - shrink * (high - low), low + shrink * (high - low)];
    if (miseOf(n, Math.exp(a), d) < miseOf(n, Math.exp(b), d)) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}
