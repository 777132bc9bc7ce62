import { schemeCategory10 } from "d3-scale-chromatic";

/**
 * Colours that people with any common colour vision tell apart; grey stands for black, and yellow, weak on white, comes late.
 *
 * Source: Okabe and Ito (2008), Color Universal Design. https://jfly.uni-koeln.de/color/
 */
export const okabeIto: readonly string[] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f", "#f0e442"];

/** The ten colours of matplotlib's tab10. */
export const tab10: readonly string[] = schemeCategory10;

/** Names of the categorical palettes. */
export type Palette = "okabe-ito" | "tab10";

/** A palette's colours. */
export const paletteColors = (name: Palette): readonly string[] => (name === "tab10" ? tab10 : okabeIto);

/** What real data, a model and a third thing look like in every figure. */
export const roles = { real: "#8d95a3", model: okabeIto[0]!, second: okabeIto[1]!, third: okabeIto[2]! } as const;
