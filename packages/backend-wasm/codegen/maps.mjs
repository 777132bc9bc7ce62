/** Elementwise kernels: one line each, written for four floats `v`; `p` and `q` are settings of the call. */
const maps = {
  exp: "functions.exp(v)",
  expm1: "functions.expm1(v)",
  sigmoid: "functions.sigmoid(v)",
  tanh: "functions.tanh(v)",
  log: "functions.log(v)",
  log1p: "functions.log1p(v)",
  softplus: "functions.softplus(v)",
  relu: "atLeast(v, splat(0))",
  elu: "choose(v, functions.expm1(v), f32x4.gt(v, splat(0)))",
  neg: "f32x4.neg(v)",
  abs: "f32x4.abs(v)",
  square: "f32x4.mul(v, v)",
  sqrt: "f32x4.sqrt(v)",
  rsqrt: "f32x4.div(splat(1), f32x4.sqrt(v))",
  reciprocal: "f32x4.div(splat(1), v)",
  floor: "f32x4.floor(v)",
  ceil: "f32x4.ceil(v)",
  sign: "choose(v, v128.or(v128.and(v, i32x4.splat(0x80000000)), splat(1)), v128.or(f32x4.eq(v, splat(0)), f32x4.ne(v, v)))",
};

const mapsWithSettings = {
  leakyRelu: ["p", "choose(f32x4.mul(v, splat(p)), v, f32x4.lt(v, splat(0)))"],
  step: ["p", "choose(v, choose(splat(1), splat(p), f32x4.gt(v, splat(0))), f32x4.ne(v, v))"],
  clip: ["p, q", "atMost(atLeast(v, splat(p)), splat(q))"],
};

const map = (name, settings, formula) => {
  const parameters =
    settings === ""
      ? ""
      : `, ${settings
          .split(", ")
          .map((s) => `${s}: f32`)
          .join(", ")}`;
  return `
@inline function ${name}Of(v: v128${parameters}): v128 { return ${formula}; }
export function ${name}(x: usize, y: usize, n: i32${parameters}): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    v128.store(y, ${name}Of(v128.load(x)${settings && `, ${settings}`}));
    x += 16;
    y += 16;
  }
  if (i < n) storePart(y, ${name}Of(loadPart(x, n - i)${settings && `, ${settings}`}), n - i);
}`;
};

/** AssemblyScript source of y [n] = f(x [n]). */
export const mapSource = () =>
  [
    'import * as functions from "./functions";',
    'import { atLeast, atMost, choose, loadPart, splat, storePart } from "./vector";',
    ...Object.entries(maps).map(([name, formula]) => map(name, "", formula)),
    ...Object.entries(mapsWithSettings).map(([name, [settings, formula]]) => map(name, settings, formula)),
  ].join("\n");

export const mapNames = Object.keys(maps);
