import { expectFigure } from "../check.js";

/** What an element carries; undefined ones are left away. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

// XML 1.0 has no way at all to write these, not even escaped.
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text made safe for XML and HTML, in content and in attributes. */
export const escapeText = (text: string): string => text.replace(forbidden, "\uFFFD").replace(/[&<>"']/g, (sign) => named[sign]!);

/** A number for a path or an attribute: at most two decimals. */
export function short(value: number): string {
  expectFigure(Number.isFinite(value), "svg", `a coordinate must be finite, got ${value}.`);
  return String(Math.round(value * 100) / 100);
}

/** An element; its children are SVG already, attribute values are escaped here. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? short(value) : escapeText(value!)}"`)
    .join("");
  const content = children.join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}
