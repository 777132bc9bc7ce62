import { roles } from "../color/palette.js";
import { type Panel, panel } from "../layout/panel.js";
import { line } from "../marks/line.js";
import type { Mark } from "../marks/mark.js";
import { rule } from "../marks/rule.js";
import type { Pairs } from "../rows.js";
import { theme } from "../theme.js";

/** Losses over training: `x` is the step (or epoch), `y` the negative log-likelihood in nats. */
export interface TrainingCurveOptions {
  readonly train?: Pairs;
  readonly validation?: Pairs;
  /** The least NLL that any model can reach, the data's entropy, in nats. */
  readonly floor?: number;
  /** A logarithmic axis; with a floor it shows the nats above it. */
  readonly log?: boolean;
  readonly title?: string;
  /** Default "step". */
  readonly time?: string;
}

/** Training and validation loss with the floor. */
export function trainingCurve({ train, validation, floor, log = false, title, time = "step" }: TrainingCurveOptions): Panel {
  const below = log && floor !== undefined ? floor : 0;
  const shifted = ({ x, y }: Pairs): Pairs => ({ x, y: Float64Array.from(y, (value) => value - below) });
  const marks: Mark[] = [];
  if (train)
    marks.push(
      line({ ...shifted(train), color: roles.model, width: validation ? 1.2 : 1.8, opacity: validation ? 0.65 : 1, label: "training" }),
    );
  if (validation) marks.push(line({ ...shifted(validation), color: roles.second, width: 2.2, label: "validation" }));
  if (floor !== undefined && !log) marks.push(rule({ y: floor, color: theme.colors.ink, label: `floor ${floor.toFixed(3)}` }));
  const label = log && floor !== undefined ? "nats above the floor" : "NLL (nats)";
  return panel({ title, x: { label: time }, y: { label, scale: log ? "log" : "linear" }, marks });
}
