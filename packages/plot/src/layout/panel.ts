import { expectFigure } from "../check.js";
import type { Mark } from "../marks/mark.js";
import type { AxisOptions } from "../scales/axis.js";

/** Where the legend stands: over the box, inside one of its corners, or nowhere. */
export type LegendPlace = "above" | "top-left" | "top-right" | "bottom-left" | "bottom-right" | "none";

/** One plot of a figure. Its marks are drawn in order, later ones on top. */
export interface Panel {
  readonly title?: string | undefined;
  readonly x?: AxisOptions | undefined;
  readonly y?: AxisOptions | undefined;
  /** One unit is equally long on both axes. */
  readonly equal?: boolean | undefined;
  readonly marks: readonly Mark[];
  /** Default "above"; only marks with a label are in it. */
  readonly legend?: LegendPlace | undefined;
  /** Default true: what colours mean is shown beside the box. */
  readonly colorBar?: boolean | undefined;
}

/** Checks and returns a panel. */
export function panel(options: Panel): Panel {
  const logarithmic = options.x?.scale === "log" || options.y?.scale === "log";
  expectFigure(!(options.equal && logarithmic), "panel", "equal units need linear axes on both sides; drop equal or the log scale.");
  return options;
}
