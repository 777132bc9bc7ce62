import {
  type Tensor,
  add as tfAdd,
  atan2 as tfAtan2,
  div as tfDiv,
  equal as tfEqual,
  greater as tfGreater,
  greaterEqual as tfGreaterEqual,
  less as tfLess,
  lessEqual as tfLessEqual,
  logicalAnd as tfLogicalAnd,
  logicalOr as tfLogicalOr,
  maximum as tfMaximum,
  minimum as tfMinimum,
  mul as tfMul,
  pow as tfPow,
  sub as tfSub,
  where as tfWhere,
} from "@tensorflow/tfjs-core";

type Binary = (a: Tensor, b: Tensor) => Tensor;

export const add: Binary = tfAdd;
export const atan2: Binary = tfAtan2;
export const div: Binary = tfDiv;
export const equal: Binary = tfEqual;
export const greater: Binary = tfGreater;
export const greaterEqual: Binary = tfGreaterEqual;
export const less: Binary = tfLess;
export const lessEqual: Binary = tfLessEqual;
export const logicalAnd: Binary = tfLogicalAnd;
export const logicalOr: Binary = tfLogicalOr;
export const maximum: Binary = tfMaximum;
export const minimum: Binary = tfMinimum;
export const mul: Binary = tfMul;
export const pow: Binary = tfPow;
export const sub: Binary = tfSub;

/** `yes` where the test holds, else `no`. Use it, never a product with 0: 0 * NaN is NaN. */
export const where = (test: Tensor, yes: Tensor, no: Tensor): Tensor => tfWhere(test, yes, no);
