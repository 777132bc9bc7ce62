import { gaussLegendre } from "./gauss-legendre.js";

const drop = 45; // where the integrand has fallen by exp(-45), it adds nothing to a float64

/**
 * Log-density at (u, v) of a point drawn uniformly on the half circle (cos t, sin t), 0 <= t <= pi, plus N(0, sd² I) noise:
 *
 * log p = -(r - 1)² / 2 sd² - log 2 pi sd² + log (1/pi) int_0^pi exp(k (cos(t - a) - 1)) dt,   k = r / sd²,
 *
 * with (r, a) the point in polar coordinates. Gauss-Legendre of 64 points where the integrand counts: error below 1e-12.
 */
export function halfCircleLogDensity(sd: number): (u: number, v: number) => number {
  const rule = gaussLegendre(64);
  const outside = -Math.log(2 * Math.PI * sd * sd) - Math.log(Math.PI);

  /** int_from^to exp(k (cos(t - a) - 1) - top) dt */
  const integral = (k: number, a: number, top: number, from: number, to: number): number => {
    if (to <= from) return 0;
    const half = (to - from) / 2;
    let total = 0;
    for (let i = 0; i < rule.nodes.length; i++) {
      const s = Math.sin((from + half * (1 + rule.nodes[i]!) - a) / 2);
      total += rule.weights[i]! * Math.exp(-2 * k * s * s - top);
    }
    return half * total;
  };

  return (u, v) => {
    const r = Math.hypot(u, v);
    const a = Math.atan2(v, u);
    const k = r / (sd * sd);
    const top = a >= 0 ? 0 : k * (Math.abs(Math.cos(a)) - 1);
    const reach = Math.acos(Math.max(-1, 1 + (top - drop) / k));
    const mass =
      a >= 0
        ? integral(k, a, top, Math.max(0, a - reach), Math.min(Math.PI, a + reach))
        : fromEnd(k, a, top, reach) + fromEnd(k, -Math.PI - a, top, reach); // each end of the arc, up to the far side of the circle
    return outside - (r - 1) ** 2 / (2 * sd * sd) + top + Math.log(mass);
  };

  function fromEnd(k: number, a: number, top: number, reach: number): number {
    return integral(k, a, top, 0, a + Math.min(reach, Math.PI));
  }
}
