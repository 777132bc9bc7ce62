import * as exponential from "./exponential";
import * as logarithm from "./logarithm";

/** Functions as calls: where many of them meet, copies of their bodies would be most of the module. */
export function exp(x: v128): v128 {
  return exponential.exp(x);
}

export function expm1(x: v128): v128 {
  return exponential.expm1(x);
}

export function sigmoid(x: v128): v128 {
  return exponential.sigmoid(x);
}

export function tanh(x: v128): v128 {
  return exponential.tanh(x);
}

export function log(x: v128): v128 {
  return logarithm.log(x);
}

export function log1p(x: v128): v128 {
  return logarithm.log1p(x);
}

export function softplus(x: v128): v128 {
  return logarithm.softplus(x);
}
