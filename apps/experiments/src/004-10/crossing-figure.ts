import { figure, line, type Mark, okabeIto, type Panel, panel, points, rule, theme } from "@flows/plot";
import { blobs } from "../004-7/fitting.js";
import { gapsOf, meanGap, meanNll, printed, type Reached, sizes } from "./reached.js";

const colors: Readonly<Record<Reached["method"], string>> = {
  silverman: okabeIto[1]!,
  "cross-validated": okabeIto[2]!,
  flow: okabeIto[0]!,
};
const names: Readonly<Record<Reached["method"], string>> = {
  silverman: "KDE, Silverman",
  "cross-validated": "KDE, cross-validated",
  flow: "flow, 4,744 parameters",
};

/** Held-out NLL over n beside the document's figure, and the same above the floor. */
export function crossingFigure(methods: readonly Reached[]): string {
  return figure({
    title: "KDE against a flow on two blobs",
    columns: 2,
    panels: [levels(methods), gaps(methods)],
    caption:
      "20,000 fresh points; dots are seeds, lines their means. Dashed: read off the document's figure, whose text says something else (D3) (004.115).",
  });
}

function levels(methods: readonly Reached[]): Panel {
  const ours = methods.map(({ method, at }) =>
    line({ x: sizes, y: at.map(meanNll), label: names[method], color: colors[method], dots: true }),
  );
  const theirs = (["kde", "flow"] as const).map((method) =>
    line({
      x: sizes,
      y: printed[method],
      dash: "5 4",
      color: method === "flow" ? colors.flow : colors.silverman,
      opacity: 0.6,
      label: `document, ${method === "flow" ? "flow" : "KDE"}`,
    }),
  );
  const floor = rule({ y: blobs.entropy!, label: `floor ${blobs.entropy!.toFixed(4)}`, color: theme.colors.ink });
  return panel({
    title: "Held-out NLL",
    x: { label: "rows n", scale: "log" },
    y: { label: "NLL (nats)" },
    marks: [...ours, ...theirs, floor],
  });
}

function gaps(methods: readonly Reached[]): Panel {
  const marks = methods.flatMap(({ method, at }): Mark[] => {
    const dots = at.flatMap((seeds, i) => gapsOf(seeds).map(({ value }) => [sizes[i]!, value] as const));
    const color = colors[method];
    return [
      points({ x: dots.map(([x]) => x), y: dots.map(([, y]) => y), radius: 2.5, opacity: 0.6, color }),
      line({ x: sizes, y: at.map(meanGap), color, label: names[method] }),
    ];
  });
  return panel({
    title: "Above the floor",
    x: { label: "rows n", scale: "log" },
    y: { label: "nats above the floor", scale: "log" },
    marks,
  });
}
