/** Four floats at a time: what every kernel is written with. */

@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** a b + c; one rounding in the relaxed build, two in the plain one. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  else return f32x4.add(f32x4.mul(a, b), c);
}

@inline
export function choose(ifSet: v128, otherwise: v128, mask: v128): v128 {
  return v128.bitselect(ifSet, otherwise, mask);
}

/** max(x, limit) that keeps a NaN in x: pmax gives its first operand where the comparison is unordered. */
@inline
export function atLeast(x: v128, limit: v128): v128 {
  return f32x4.pmax(x, limit);
}

/** min(x, limit) that keeps a NaN in x. */
@inline
export function atMost(x: v128, limit: v128): v128 {
  return f32x4.pmin(x, limit);
}

/** x where h is above 0, else 0; NaN where h is NaN: the gradient through a rectifier that gave h. */
@inline
export function whereRisen(x: v128, h: v128): v128 {
  return v128.or(v128.and(x, f32x4.gt(h, f32x4.splat(0))), f32x4.ne(h, h));
}

@inline
export function sumOfLanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** The first `count` (1 to 3) floats at p, zeros after them: never reads past a row. */
export function loadPart(p: usize, count: i32): v128 {
  if (count == 1) return v128.load32_zero(p);
  const v = v128.load64_zero(p);
  return count == 2 ? v : v128.load32_lane(p, v, 2, 8);
}

/** Stores the first `count` (1 to 3) floats: never writes past a row. */
export function storePart(p: usize, v: v128, count: i32): void {
  if (count == 1) return v128.store32_lane(p, v, 0);
  v128.store64_lane(p, v, 0);
  if (count == 3) v128.store32_lane(p, v, 2, 8);
}
