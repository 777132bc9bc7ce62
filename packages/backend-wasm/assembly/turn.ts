/** pi / 2 as the nearest float64 and what it leaves. */
const QUARTER: f64 = 1.5707963267948966;
const REST: f64 = 6.123233995736766e-17;

/** sin r and cos r for |r| up to pi / 4, by Taylor's series; right to 1e-9. */
@inline
function sine(r: f64): f64 {
  const x = r * r;
  return r * (1 + x * (-1.0 / 6 + x * (1.0 / 120 + x * (-1.0 / 5040 + x * (1.0 / 362880)))));
}

@inline
function cosine(r: f64): f64 {
  const x = r * r;
  return 1 + x * (-0.5 + x * (1.0 / 24 + x * (-1.0 / 720 + x * (1.0 / 40320 + x * (-1.0 / 3628800)))));
}

/** cos(angle - quarters * pi / 2): 0 quarters for the cosine, 1 for the sine. NaN where the angle is not finite. */
export function turned(angle: f32, quarters: f64): f32 {
  const turns = nearest<f64>(<f64>angle / QUARTER);
  const rest = <f64>angle - turns * QUARTER - turns * REST;
  // The quarters that are left, 0 to 3.
  const k = turns - quarters;
  const left = k - 4 * floor(k / 4);
  if (left == 0) return <f32>cosine(rest);
  if (left == 1) return <f32>-sine(rest);
  if (left == 2) return <f32>-cosine(rest);
  return <f32>sine(rest);
}
