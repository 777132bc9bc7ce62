import { figure, histogram, line, type Panel, panel, rule } from "@flows/plot";
import type { Collapsed } from "./collapse.js";
import type { Vanishing } from "./vanishing.js";

/** What the panels show. */
export interface Pathologies {
  readonly selection: readonly {
    readonly components: number;
    readonly bic: number;
    readonly aic: number;
    readonly train: number;
    readonly test: number;
  }[];
  readonly collapse: readonly Collapsed[];
  readonly vanishing: readonly Vanishing[];
  /** Mean log-densities of the rows, rising. */
  readonly optima: readonly number[];
}

/** The three pathologies of section 10.3, the first from two sides. */
export function pathologyFigure({ selection, collapse, vanishing, optima }: Pathologies): string {
  return figure({
    title: "What goes wrong with Gaussian mixtures",
    columns: 2,
    panels: [chosen(selection), collapsed(collapse), vanished(vanishing), peaks(optima)],
    caption:
      "Two moons, 500 rows (left above, right below); two blobs, 60 rows and 15 components (right above), 500 rows (left below). Held out: 20,000 fresh points (004.117).",
  });
}

function chosen(found: Pathologies["selection"]): Panel {
  const x = found.map(({ components }) => components);
  const least = Math.min(...found.map(({ bic }) => bic));
  // Per row and halved, so that they lie beside the NLL they penalise.
  const perRow = (value: number): number => value / 1000;
  return panel({
    title: "How many components?",
    x: { label: "components" },
    y: { label: "nats a row" },
    marks: [
      line({ x, y: found.map(({ bic }) => perRow(bic)), label: "BIC / 2n" }),
      line({ x, y: found.map(({ aic }) => perRow(aic)), label: "AIC / 2n", color: "#d55e00" }),
      line({ x, y: found.map(({ test }) => test), label: "held-out NLL", color: "#009e73" }),
      line({ x, y: found.map(({ train }) => train), label: "training NLL", color: "#6b7280", dash: "5 4" }),
      rule({ x: found.find(({ bic }) => bic === least)!.components }),
    ],
  });
}

function collapsed(found: readonly Collapsed[]): Panel {
  const x = found.map(({ floor }) => floor);
  return panel({
    title: "Collapse: no variance floor, no maximum",
    x: { label: "variance floor", scale: "log" },
    y: { label: "NLL (nats)" },
    marks: [
      line({ x, y: found.map(({ train }) => train), label: "training", dots: true, dash: "5 4", color: "#6b7280" }),
      line({ x, y: found.map(({ test }) => test), label: "held out", dots: true, color: "#009e73" }),
    ],
  });
}

const vanished = (found: readonly Vanishing[]): Panel =>
  panel({
    title: "A vanishing weight",
    x: { label: "weight", scale: "log" },
    y: { label: "gradient of the mean", scale: "log" },
    marks: [line({ x: found.map(({ weight }) => weight), y: found.map(({ gradient }) => gradient), dots: true })],
  });

const peaks = (optima: readonly number[]): Panel =>
  panel({
    title: "40 starts of EM, 8 components",
    x: { label: "mean log-density of the rows" },
    y: { label: "density" },
    marks: [histogram({ values: optima, bins: 20 })],
  });
