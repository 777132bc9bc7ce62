import { textAt } from "../svg/text.js";
import { theme } from "../theme.js";
import type { Mark } from "./mark.js";

/** Words inside a panel. */
export interface NoteOptions {
  /** In data units, or with `relative` as shares of the box from its lower left corner. */
  readonly x: number;
  readonly y: number;
  /** Lines are broken only where the text has line ends. */
  readonly text: string;
  readonly relative?: boolean;
  readonly anchor?: "start" | "middle" | "end";
  readonly color?: string;
  readonly size?: number;
  readonly bold?: boolean;
}

/** Text at a place of the data or of the box. */
export function note(options: NoteOptions): Mark {
  const { x, y, relative = false, anchor = "start", color = theme.colors.ink, size = theme.size.note, bold = false } = options;
  return {
    xs: relative ? [] : [x],
    ys: relative ? [] : [y],
    draw: (frame) => {
      const left = relative ? x * frame.width : frame.x.map(x);
      const top = relative ? (1 - y) * frame.height : frame.y.map(y);
      if (!Number.isFinite(left) || !Number.isFinite(top)) return { svg: "", leftOut: 1 };
      const lines = options.text
        .split("\n")
        .map((text, i) => textAt(left, top + 1.35 * size * i, text, { size, bold, anchor, color, halo: true }));
      return { svg: lines.join("") };
    },
  };
}
