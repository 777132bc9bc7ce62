import { filled, painted, theme } from "../theme.js";
import { type Attributes, element, escapeText } from "./element.js";

/** How a line of text is set. */
export interface TextStyle {
  readonly size: number;
  /** Default ink. */
  readonly color?: string;
  readonly bold?: boolean;
  readonly anchor?: "start" | "middle" | "end";
  /** A rim in the paper's colour, so that it reads over data. */
  readonly halo?: boolean;
  readonly rotate?: number;
}

/** One line of text with its baseline at (x, y). */
export const textAt = (x: number, y: number, text: string, style: TextStyle): string =>
  element(
    "text",
    {
      x,
      y,
      "font-size": style.size,
      "font-weight": style.bold ? 600 : undefined,
      "text-anchor": style.anchor === "start" ? undefined : style.anchor,
      transform: style.rotate === undefined ? undefined : `rotate(${style.rotate} ${x} ${y})`,
      ...colors(style),
    },
    escapeText(text),
  );

function colors({ color = theme.colors.ink, halo = false }: TextStyle): Attributes {
  if (!halo) return filled(color);
  return { ...painted(color, theme.colors.paper), "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" };
}

const narrow = /[iljtfrI.,:;|'!()[\]/ ⁻¹‖]/u;
const wide = /[mwMW@%—→×]/u;
const tall = /[A-Z−+=<>~≈]/u;
const advance = (sign: string): number => (narrow.test(sign) ? 0.3 : wide.test(sign) ? 0.85 : tall.test(sign) ? 0.6 : 0.52);

/** About how wide a line will be: no font is at hand here, so a little generous. */
export const textWidth = (text: string, size: number): number => [...text].reduce((sum, sign) => sum + advance(sign), 0) * size;

/** Lines no wider than `width`, broken at spaces and where the text has line ends. */
export function wrapText(text: string, size: number, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(" ")) {
      const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
      if (lines.length === 0 || textWidth(longer, size) > width) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  });
}
