import { choose, madd, splat } from "./vector";

/** arctan x: 1 / x above tan 3 pi / 8 and (x - 1) / (x + 1) above tan pi / 8 bring it near 0. Source: Cephes atanf, S. Moshier. */
@inline
export function arctan(x: v128): v128 {
  const size = f32x4.abs(x);
  const one = splat(1);
  const far = f32x4.gt(size, splat(2.414213562373095));
  const middle = f32x4.gt(size, splat(0.414213562373095));
  const numerator = choose(splat(-1), choose(f32x4.sub(size, one), size, middle), far);
  const denominator = choose(size, choose(f32x4.add(size, one), one, middle), far);
  const r = f32x4.div(numerator, denominator);
  const base = choose(splat(1.5707963267948966), v128.and(middle, splat(0.7853981633974483)), far);
  const z = f32x4.mul(r, r);
  let p = madd(splat(8.05374449538e-2), z, splat(-1.38776856032e-1));
  p = madd(p, z, splat(1.99777106478e-1));
  p = madd(p, z, splat(-3.33329491539e-1));
  const positive = f32x4.add(base, madd(f32x4.mul(p, z), r, r));
  return v128.or(positive, v128.and(x, i32x4.splat(0x80000000)));
}
