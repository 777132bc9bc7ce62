import type { Tensor } from "@tensorflow/tfjs-core";
import type { Direction, Transformed } from "../contracts/index.js";
import { fail } from "../errors.js";

const isTensor = (value: unknown): value is Tensor => typeof value === "object" && value !== null && "dataId" in value;

function told(value: unknown): string {
  if (isTensor(value)) return `a tensor [${value.shape}]`;
  return Array.isArray(value) ? `a list of ${value.map(told)}` : String(value);
}

/** What a formula gave, where it is a value and its log-det; else says so: TypeScript does not see what JavaScript writes. */
export function transformed(type: string, direction: Direction, given: unknown): Transformed {
  if (Array.isArray(given) && given.length === 2 && given.every(isTensor)) return given as Transformed;
  const text = `${direction} must return two tensors, [value, log|det J|], got ${told(given)}. Where volume is preserved the log-det is constant(0).`;
  return fail("config", type, text);
}
