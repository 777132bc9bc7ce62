import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { examples } from "./examples/gallery.js";
import { exampleReport } from "./examples/report.js";
import { figure, panel } from "./index.js";
import { toPng } from "./png.js";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../../out/plot-gallery");
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

it("the report is one page", () => {
  mkdirSync(folder, { recursive: true });
  const page = exampleReport();
  writeFileSync(join(folder, "report.html"), page);
  expect(page.endsWith("</html>\n")).toBe(true);
});

it("text shows up in pictures without any font on the machine", async () => {
  const picture = (text: string) => toPng(figure({ title: text, panels: [panel({ marks: [] })] }));
  expect((await picture("Wide words")).length).not.toBe((await picture(" ")).length);
  await expect(toPng("<svg/>", { scale: 0 })).rejects.toThrow("scale must be positive");
});

it.each(Object.entries(examples))("%s renders to SVG and PNG", async (name, example) => {
  const svg = example();
  const png = await toPng(svg, { scale: 1.5 });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.svg`), svg);
  writeFileSync(join(folder, `${name}.png`), png);
  expect([...png.subarray(0, 8)]).toEqual(signature);
  const size = new DataView(png.buffer, png.byteOffset);
  const width = Number(/width="([\d.]+)"/.exec(svg)?.[1]);
  expect(Math.abs(size.getUint32(16) - 1.5 * width)).toBeLessThanOrEqual(1);
});
