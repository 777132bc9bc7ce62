import {
  type Tensor,
  abs as tfAbs,
  asinh as tfAsinh,
  atan as tfAtan,
  atanh as tfAtanh,
  cos as tfCos,
  cosh as tfCosh,
  elu as tfElu,
  exp as tfExp,
  expm1 as tfExpm1,
  floor as tfFloor,
  isFinite as tfIsFinite,
  isNaN as tfIsNaN,
  log as tfLog,
  log1p as tfLog1p,
  logicalNot as tfLogicalNot,
  neg as tfNeg,
  onesLike as tfOnesLike,
  relu as tfRelu,
  sigmoid as tfSigmoid,
  sign as tfSign,
  sin as tfSin,
  sinh as tfSinh,
  softplus as tfSoftplus,
  sqrt as tfSqrt,
  square as tfSquare,
  tanh as tfTanh,
  zerosLike as tfZerosLike,
} from "@tensorflow/tfjs-core";

/** tfjs ops retyped for tensors only: a number literal would be rounded to float32 first. */
type Unary = (x: Tensor) => Tensor;

export const abs: Unary = tfAbs;
export const asinh: Unary = tfAsinh;
export const atan: Unary = tfAtan;
export const atanh: Unary = tfAtanh;
export const cos: Unary = tfCos;
export const cosh: Unary = tfCosh;
export const elu: Unary = tfElu;
export const exp: Unary = tfExp;
export const expm1: Unary = tfExpm1;
export const floor: Unary = tfFloor;
// biome-ignore lint/suspicious/noShadowRestrictedNames: the ops bear tfjs's names
export const isFinite: Unary = tfIsFinite;
// biome-ignore lint/suspicious/noShadowRestrictedNames: the ops bear tfjs's names
export const isNaN: Unary = tfIsNaN;
export const log: Unary = tfLog;
export const log1p: Unary = tfLog1p;
export const logicalNot: Unary = (x) => tfLogicalNot(x);
export const neg: Unary = tfNeg;
export const onesLike: Unary = tfOnesLike;
export const relu: Unary = tfRelu;
export const sigmoid: Unary = tfSigmoid;
export const sign: Unary = tfSign;
export const sin: Unary = tfSin;
export const sinh: Unary = tfSinh;
export const softplus: Unary = tfSoftplus;
export const sqrt: Unary = tfSqrt;
export const square: Unary = tfSquare;
export const tanh: Unary = tfTanh;
export const zerosLike: Unary = tfZerosLike;
