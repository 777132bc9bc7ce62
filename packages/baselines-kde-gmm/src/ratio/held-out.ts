import type { Conditioner, TrainHistory } from "@flows/core";
import { type Floats, tensorOf } from "@flows/core/author";
import { tidy } from "@tensorflow/tfjs-core";
import type { Matrix } from "../matrix.js";
import { type RatioLoss, ratioLosses } from "./bregman.js";
import { outputsOf } from "./log-ratio.js";

/** A log-ratio on rows that no step has seen. */
export interface HeldOut {
  /** Its loss; least where the ratio is right. */
  readonly loss: number;
  /** How often the larger density is the row's own: 0.5 where p and q are the same, 1 where they do not overlap. */
  readonly accuracy: number;
  /** Mean of the ratio under q, which is 1 where it is right. */
  readonly meanRatio: number;
}

const meanOf = (values: Floats, of: (value: number) => number): number => Array.from(values, of).reduce((a, b) => a + b, 0) / values.length;

/** Judges a network on rows of p and of q. */
export async function heldOut(where: string, network: Conditioner, kind: RatioLoss, p: Matrix, q: Matrix): Promise<HeldOut> {
  const [onP, onQ] = [await outputsOf(where, network, p), await outputsOf(where, network, q)];
  const loss = tidy(() => ratioLosses[kind](tensorOf(onP, [p.n]), tensorOf(onQ, [q.n])));
  const [value] = await loss.data();
  loss.dispose();
  return {
    loss: value!,
    accuracy: (meanOf(onP, (g) => Number(g > 0)) + meanOf(onQ, (g) => Number(g < 0))) / 2,
    meanRatio: meanOf(onQ, Math.exp),
  };
}

/** What a user should know of a ratio by its training and the rows held out, in words. */
export function ratioWarnings({ accuracy, meanRatio }: HeldOut, { fault, steps }: Pick<TrainHistory, "fault" | "steps">): string[] {
  const ended = fault ? [`the training ended after ${steps} steps: ${fault.text}. Take a lower learningRate, or scale the columns.`] : [];
  if (accuracy === 1)
    return [
      ...ended,
      "the samples are told apart without an error: they hardly overlap, so the log-ratio grows with every step and its size means nothing. Use its sign alone, or take the ratio through a density in between.",
    ];
  if (Math.abs(meanRatio - 1) < 0.5) return ended;
  return [
    ...ended,
    `the ratio's mean under q is ${meanRatio.toPrecision(3)} on rows held out, where 1 is right. Give more rows, a smaller network or weightDecay.`,
  ];
}
