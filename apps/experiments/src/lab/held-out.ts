import { type Distribution, score } from "@flows/core";
import { freshPoints, type NatsAboveFloor, natsAboveFloor, type Standardisation, type Toy } from "@flows/datasets";
import { mean } from "./record.js";

/** A model on 20,000 fresh points of a toy, in the units it was trained in. */
export interface HeldOut {
  /** Mean of -log q, in nats. */
  readonly nll: number;
  /** The paired mean of log p - log q, with its standard error. */
  readonly above: NatsAboveFloor;
}

/** Scores a model in evaluation mode on points that no training set of the seed holds. */
export async function heldOut(model: Distribution, toy: Toy, seed: number, standardisation?: Standardisation): Promise<HeldOut> {
  const { rows } = freshPoints(toy, seed);
  const logProb = await score(model, standardisation?.apply(rows) ?? rows);
  const above = natsAboveFloor({ toy, rows, logProb, standardisation })!;
  return { nll: -mean(Array.from(logProb)), above };
}
