import { createRequire } from "node:module";
import { expectFigure } from "./check.js";

/** How an SVG becomes pixels. */
export interface PngOptions {
  /** Pixels of the picture for each pixel of the figure; default 2. */
  readonly scale?: number;
}

const fontFiles = (): string[] => {
  const require = createRequire(import.meta.url);
  return ["400Regular/SourceSans3_400Regular", "600SemiBold/SourceSans3_600SemiBold"].map((name) =>
    require.resolve(`@expo-google-fonts/source-sans-3/${name}.ttf`),
  );
};

/** A figure as PNG. Node only; letters come from the Source Sans 3 that this package brings, so every machine draws the same. */
export async function toPng(svg: string, { scale = 2 }: PngOptions = {}): Promise<Uint8Array> {
  expectFigure(Number.isFinite(scale) && scale > 0, "toPng", `scale must be positive, got ${scale}.`);
  const { renderAsync } = await import("@resvg/resvg-js");
  const image = await renderAsync(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: "Source Sans 3", sansSerifFamily: "Source Sans 3" },
  });
  return image.asPng();
}
