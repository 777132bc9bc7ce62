import { outlierDetector, typicalityScores } from "@flows/diagnostics";
import { figure, histogram, type Panel, panel, rule } from "@flows/plot";
import type { Section, Subject } from "../section.js";

const rates = [0.01, 0.02, 0.05, 0.1] as const;

/** How strange rows of the data are to the model, and from where on a row is flagged. */
export function outliersSection({ judged, model: { about } }: Subject): Section | undefined {
  const logProb = Float64Array.from(judged.logProb).filter(Number.isFinite);
  // The least rate that so many rows can measure.
  const rate = rates.find((one) => one * (logProb.length + 1) >= 1);
  if (rate === undefined) return undefined;
  const surprise = logProb.map((value) => -value);
  const typicality = typicalityScores(logProb, logProb);
  const [rare, atypical] = [outlierDetector(surprise, rate), outlierDetector(typicality, rate)];
  const percent = `${100 * rate}%`;
  const command = about?.rows.test ? `: flows score --threshold ${rate} does it, measured on the fit's test rows` : "";
  return {
    heading: "Out of distribution",
    text: `New rows are flagged where they are less likely than ${(-rare.threshold).toFixed(3)} nats, with ${percent} false alarms${command}. A density may be high where no data are, most of all in many columns; typicality, the distance of -log p from its mean, flags rows that are too likely, too, from ${atypical.threshold.toFixed(3)} nats on. ${judged.words}`,
    figures: [
      {
        name: "outliers",
        svg: figure({
          columns: 2,
          panels: [
            scorePanel("Surprise", "-log p(x) (nats)", surprise, rare.threshold, percent),
            scorePanel("Typicality", "|-log p(x) - mean| (nats)", typicality, atypical.threshold, percent),
          ],
        }),
        caption: `The rows' scores; ${percent} of the data's rows lie to the right of the line.`,
      },
    ],
  };
}

const scorePanel = (title: string, label: string, values: Float64Array, threshold: number, percent: string): Panel =>
  panel({
    title,
    x: { label },
    y: { label: "density" },
    marks: [histogram({ values, bins: 40 }), rule({ x: threshold, color: "#d55e00", label: `${percent} false alarms` })],
  });
