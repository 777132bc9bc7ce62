import { type Panel, panel } from "../layout/panel.js";
import type { Mark } from "../marks/mark.js";
import { textAt } from "../svg/text.js";
import { theme } from "../theme.js";

/** A number and its name. */
export interface Reading {
  readonly name: string;
  readonly value: string;
}

/** Between two lines; less where the panel is too low for all of them. */
const widest = 26;

/** A panel of numbers beside plots. */
export function readout({ title, readings }: { readonly title?: string; readonly readings: readonly Reading[] }): Panel {
  const mark: Mark = {
    xs: [],
    ys: [],
    draw: ({ width, height }) => {
      const step = Math.min(widest, height / readings.length);
      const line = ({ name, value }: Reading, i: number): string =>
        textAt(width * 0.04, step * (i + 0.7), name, { size: theme.size.label, color: theme.colors.muted }) +
        textAt(width * 0.96, step * (i + 0.7), value, { size: theme.size.label + 1, bold: true, anchor: "end" });
      return { svg: readings.map(line).join("") };
    },
  };
  return panel({ title, x: { hidden: true }, y: { hidden: true }, marks: [mark] });
}
