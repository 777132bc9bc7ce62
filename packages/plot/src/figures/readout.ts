import { type Panel, panel } from "../layout/panel.js";
import type { Mark } from "../marks/mark.js";
import { textAt } from "../svg/text.js";
import { theme } from "../theme.js";

/** A number and its name. */
export interface Reading {
  readonly name: string;
  readonly value: string;
}

/** A panel of numbers beside plots. */
export function readout({ title, readings }: { readonly title?: string; readonly readings: readonly Reading[] }): Panel {
  const mark: Mark = {
    xs: [],
    ys: [],
    draw: ({ width }) => ({
      svg: readings
        .map(
          ({ name, value }, i) =>
            textAt(width * 0.04, 20 + 26 * i, name, { size: theme.size.label, color: theme.colors.muted }) +
            textAt(width * 0.96, 20 + 26 * i, value, { size: theme.size.label + 1, bold: true, anchor: "end" }),
        )
        .join(""),
    }),
  };
  return panel({ title, x: { hidden: true }, y: { hidden: true }, marks: [mark] });
}
