import { expectFigure } from "../check.js";
import type { ColorScale } from "../color/color-scale.js";
import type { Scale } from "../scales/axis.js";

/** Where a mark draws: inside a box from (0, 0) to (width, height), y downwards. What goes beyond the box is cut off. */
export interface Frame {
  readonly x: Scale;
  readonly y: Scale;
  readonly width: number;
  readonly height: number;
}

/** A mark's SVG, and how many of its values could not be shown. */
export interface Drawing {
  readonly svg: string;
  /** Values that have no place or colour: NaN, infinite, or not positive on a log axis. */
  readonly leftOut?: number;
  /** Values beyond the shown domain. */
  readonly outside?: number;
}

/** A line of the legend. */
export interface Key {
  readonly label: string;
  readonly color: string;
  readonly shape: "dot" | "line" | "box";
  readonly dash?: string | undefined;
}

/** Data and how to draw it. Anything of this type may stand in a panel. */
export interface Mark {
  /** What the axes should cover. */
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  /** The axes end exactly where this mark ends. */
  readonly tight?: boolean;
  readonly key?: Key | undefined;
  readonly colors?: ColorScale | undefined;
  draw(frame: Frame): Drawing;
}

/** A legend line, or none without a label. */
export const keyOf = (label: string | undefined, color: string, shape: Key["shape"], dash?: string): Key | undefined =>
  label === undefined ? undefined : { label, color, shape, dash };

/** Refuses a log axis for what only makes sense on a linear one. */
export const expectLinear = (scale: Scale, who: string): void =>
  expectFigure(scale.kind === "linear", who, `it needs linear axes, got a ${scale.kind} one.`);
