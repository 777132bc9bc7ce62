import type { Rows } from "@flows/core";
import { floor, freshPoints, type NatsAboveFloor, natsAboveFloor } from "@flows/datasets";
import type { Truth } from "../data/rows.js";
import { type Model, scoreRows } from "../model/model.js";

/** The mean negative log-density of rows in the user's units, in nats; null of no rows. */
export async function nllOf(model: Model, rows: Rows, signal?: AbortSignal): Promise<number | null> {
  if (rows.shape[0] === 0) return null;
  const logProb = await scoreRows(model, rows, { signal });
  let total = 0;
  for (const value of logProb) total += value;
  return -total / logProb.length;
}

/** The least NLL that any model can reach in the user's units, where it is known. */
export const floorOf = (truth: Truth | undefined): number | null => (truth ? floor(truth.toy, { standardisation: truth.units }) : null);

/** How far a model is above the floor, on 20,000 fresh points of the toy; null where the truth is not known. */
export async function aboveFloor(
  model: Model,
  truth: Truth | undefined,
  seed: number,
  signal?: AbortSignal,
): Promise<NatsAboveFloor | null> {
  if (!truth?.toy.logDensity) return null;
  const { toy, units } = truth;
  const { rows } = freshPoints(toy, seed);
  const logProb = await scoreRows(model, units ? units.apply(rows) : rows, { signal });
  return natsAboveFloor({ toy, rows, logProb, standardisation: units });
}

/** The mean with its standard error; rows outside the support are counted and left out of both. */
export function meanOf(logProb: ArrayLike<number>): { readonly mean: number; readonly error: number; readonly outside: number } {
  const inside = Float64Array.from(logProb).filter(Number.isFinite);
  const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length;
  const squares = inside.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / Math.max(1, inside.length - 1) / inside.length), outside: logProb.length - inside.length };
}
