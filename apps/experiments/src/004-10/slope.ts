import { mean } from "../lab/record.js";

/** The least-squares slope of log y over log x. */
export function slopeOf(x: readonly number[], y: readonly number[]): number {
  const [u, v] = [x.map(Math.log), y.map(Math.log)];
  const [middle, level] = [mean(u), mean(v)];
  const spread = u.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return u.reduce((sum, value, i) => sum + (value - middle) * (v[i]! - level), 0) / spread;
}
