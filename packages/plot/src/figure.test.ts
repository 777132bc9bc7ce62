import { describe, expect, it } from "vitest";
import { examples } from "./examples/gallery.js";
import { exampleReport } from "./examples/report.js";
import { tagsOf } from "./examples/well-formed.js";
import { figure, heatmap, histogram, line, note, panel, points, rule, trainingCurve } from "./index.js";

describe("figures", () => {
  it.each(Object.keys(examples))("%s is well-formed, pure and free of broken numbers", (name) => {
    const svg = examples[name]!();
    expect(tagsOf(svg)[0]).toBe("svg");
    expect(svg).not.toMatch(/NaN|Infinity|undefined|="null"/);
    expect(examples[name]!()).toBe(svg);
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="[\d.]+" height="[\d.]+" viewBox="[^"]+" role="img" aria-label="[^"]+"/,
    );
    expect(svg).not.toMatch(/ id="/);
  });

  it("escapes every word that comes from data", () => {
    const bad = `<script>alert("&'")</script>\u0001`;
    const marks = [points({ x: [1], y: [2], label: bad }), note({ x: 1, y: 2, text: bad })];
    const svg = figure({
      title: bad,
      caption: bad,
      panels: [panel({ title: bad, x: { label: bad, names: [bad, bad] }, y: { label: bad }, marks })],
    });
    expect(svg).not.toContain("<script");
    expect(svg).not.toContain("\u0001");
    expect(tagsOf(svg)).not.toContain("script");
    expect(svg.match(/&lt;script&gt;/g)!.length).toBeGreaterThanOrEqual(7);
  });

  it("places data where the axes say", () => {
    const marks = [line({ x: [0, 10], y: [0, 1] })];
    const svg = figure({ panels: [panel({ x: { domain: [0, 10] }, y: { domain: [0, 1] }, marks })] });
    const [, width, height] = /<svg width="([\d.]+)" height="([\d.]+)" overflow/.exec(svg)!;
    expect(svg).toContain(`d="M0,${height}L${width},0"`);
  });

  it("keeps one unit equally long on both axes", () => {
    const svg = figure({ panels: [panel({ equal: true, x: { domain: [0, 3] }, y: { domain: [0, 1] }, marks: [] })] });
    const [, width, height] = /<svg width="([\d.]+)" height="([\d.]+)" overflow/.exec(svg.replace("/>", ""))?.map(Number) ?? [];
    expect(width! / height!).toBeCloseTo(3, 1);
  });

  it("counts what it cannot show", () => {
    const marks = [points({ x: [1, Number.NaN, 3, 90], y: [1, 2, Number.NEGATIVE_INFINITY, 1] })];
    expect(figure({ panels: [panel({ x: { domain: [0, 5] }, marks })] })).toContain(">2 left out, 1 outside the view<");
    const logarithmic = panel({ y: { scale: "log" }, marks: [line({ x: [1, 2, 3], y: [1, -1, 0] })] });
    expect(figure({ panels: [logarithmic] })).toContain(">2 left out<");
    expect(figure({ panels: [panel({ marks: [histogram({ values: [1, 2, 9, Number.NaN], range: [0, 3] })] })] })).toContain(
      ">1 left out, 1 outside",
    );
    expect(figure({ panels: [panel({ marks: [points({ x: [1], y: [1] })] })] })).not.toContain("left out");
  });

  it("says that there is no data", () => {
    expect(figure({ panels: [panel({ marks: [line({ x: [], y: [] })] })] })).toContain(">no data<");
  });

  it("integrates histograms to one", () => {
    const heights = histogram({ values: [0, 1, 1, 2, 4], bins: 8 }).ys;
    expect(Array.from(heights).reduce((sum, height) => sum + height * 0.5, 0)).toBeCloseTo(1, 12);
  });

  it("draws the training curve above its floor on a log axis", () => {
    const curve = trainingCurve({ validation: { x: [0, 1], y: [3.5, 2.5] }, floor: 2, log: true });
    expect(curve.y).toMatchObject({ scale: "log", label: "nats above the floor" });
    expect([...Array.from(curve.marks[0]!.ys)]).toEqual([1.5, 0.5]);
  });

  it("refuses what has no sense, with words", () => {
    expect(() => figure({ panels: [] })).toThrow("flows/plot figure: the number of panels must be a whole number of at least 1, got 0.");
    expect(() => line({ x: [1], y: [] })).toThrow("x and y must be equally long, got 1 and 0");
    expect(() => rule({ y: Number.NaN })).toThrow("the place must be finite");
    expect(() => heatmap({ x: [0, 1], y: [0, 1], nx: 2, ny: 2, values: [1] })).toThrow("expected 4 values (nx 2 by ny 2), got 1");
    expect(() => panel({ equal: true, y: { scale: "log" }, marks: [] })).toThrow("equal units need linear axes");
    expect(() => figure({ panels: [panel({ x: { domain: [1, 1] }, marks: [] })] })).toThrow("low below high");
    expect(() => figure({ width: 60, panels: [panel({ marks: [] })] })).toThrow("no room left");
  });
});

describe("report", () => {
  const page = exampleReport();

  it("needs nothing from outside and runs nothing", () => {
    expect(page.startsWith("<!doctype html>")).toBe(true);
    expect(page).not.toMatch(/<script|<link|src="|url\(|href="(?!data:image\/png)/);
  });

  it("escapes words and keeps its structure", () => {
    expect(page).toContain("&lt;NaN&gt; would have stopped the run &amp; named");
    expect(page).toContain("float64 &lt;reference&gt;");
    const body = page.slice(page.indexOf("<main>"), page.indexOf("</body>"));
    expect(tagsOf(body).filter((tag) => tag === "figure")).toHaveLength(4);
    expect(tagsOf(body).filter((tag) => tag === "table")).toHaveLength(2);
  });

  it("names columns, rows and figures for readers who cannot see", () => {
    expect(page).toContain('<th scope="col" class="number">training (s)</th>');
    expect(page).toContain('<th scope="row">wasm, float32</th>');
    expect(page.match(/role="img" aria-label="[^"]+"/g)!.length).toBe(4);
  });

  it("keeps whole numbers exact", () => {
    expect(page).toContain("<span>21,504</span>");
    expect(page).toContain("<span>412,000</span>");
  });
});
