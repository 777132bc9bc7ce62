import type { Shape } from "@flows/core";
import { fail, sizeOf, wholeNumber } from "@flows/core/author";

/** 1 keeps a feature (the network reads it), 0 moves it; flat, in row-major order of the event. */
export type Mask = readonly number[];

const filled = (event: Shape, keeps: (index: number) => boolean): Mask =>
  Array.from({ length: sizeOf(event) }, (_, i) => (keeps(i) ? 1 : 0));
const parityOf = (turn: number): number => wholeNumber("flows/masks", "turn", turn, 0) % 2;

/** 1, 0, 1, 0, ... on even turns, 0, 1, 0, 1, ... on odd ones. */
export const alternatingMask = (features: number, turn = 0): Mask => filled([features], (i) => i % 2 === parityOf(turn));

/** The first half kept on even turns, the second half on odd ones. */
export const halfMask = (features: number, turn = 0): Mask => filled([features], (i) => i < features >> 1 === (parityOf(turn) === 0));

/** A chessboard on [height, width, channels]: kept where row + column is even on even turns. */
export function checkerboardMask(event: Shape, turn = 0): Mask {
  const [, width, channels] = image(event);
  return filled(event, (i) => (Math.floor(i / (width * channels)) + (Math.floor(i / channels) % width)) % 2 === parityOf(turn));
}

/** The first half of the channels of [height, width, channels] kept on even turns, the second half on odd ones. */
export function channelMask(event: Shape, turn = 0): Mask {
  const channels = image(event)[2];
  if (channels < 2) fail("config", "flows/masks", `channelMask needs at least 2 channels, got ${channels}. Use checkerboardMask.`);
  return filled(event, (i) => i % channels < channels >> 1 === (parityOf(turn) === 0));
}

const image = (event: Shape): readonly [number, number, number] =>
  event.length === 3
    ? (event as readonly [number, number, number])
    : fail("config", "flows/masks", `expected an event [height, width, channels], got [${event}].`);
