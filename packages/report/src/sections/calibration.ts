import { type Coverage, expectedCoverage, posteriorDraws, type RankCheck, sbc, tarp } from "@flows/diagnostics";
import { figure, histogram, line, type Panel, panel, rule, theme } from "@flows/plot";
import { columnsOf } from "@flows/tables";
import { columnOf } from "../columns.js";
import { pWords, threshold } from "../p-value.js";
import type { Section, Subject } from "../section.js";

/** Rows from which on ranks are tested. */
const fewest = 20;
const draws = 99;

/** Is the density as wide as it claims? Rows ranked among samples of the model, three ways. */
export async function calibrationSection({ model, judged }: Subject, seed: number, signal: AbortSignal): Promise<Section | undefined> {
  if (judged.rows.shape[0] < fewest) return undefined;
  const posterior = await posteriorDraws(model.flow, { truths: judged.own, draws, seed, signal });
  const [ranks, coverage] = [sbc(posterior, { seed }), expectedCoverage(posterior, { seed })];
  const distances = varies(judged.own) ? tarp(posterior, { seed }) : undefined;
  const worst = ranks.parameters.reduce((least, one, i) => (one.pValue < ranks.parameters[least]!.pValue ? i : least), 0);
  const panels = [
    curves("Regions of highest density", coverage),
    ...(distances ? [curves("Regions around random points (TARP)", distances)] : []),
    rankPanel(`Ranks of ${columnsOf(model)[worst]}`, ranks.parameters[worst]!),
  ];
  const found = [
    `highest density ${pWords(coverage.pValue)}`,
    ...(distances ? [`TARP ${pWords(distances.pValue)}`] : []),
    `columns ${pWords(ranks.pValue)}`,
  ];
  return {
    heading: "Calibration",
    text: `A region that claims 90% of the density should hold 90% of the data. Each row is ranked among ${draws} samples of the model, and all ranks are equally likely where the model is right: ${found.join(", ")}. ${threshold} ${judged.words}`,
    figures: [
      {
        name: "calibration",
        svg: figure({ panels }),
        caption:
          "Below the diagonal the density is too narrow, above it too wide. Ranks at both ends say too narrow, in the middle too wide; shown is the column that fits worst.",
      },
    ],
  };
}

const varies = (rows: Subject["judged"]["own"]): boolean =>
  Array.from({ length: rows.shape[1]! }, (_, i) => columnOf(rows, i)).every((values) => values.some((value) => value !== values[0]));

function curves(title: string, { coverage }: { readonly coverage: readonly Coverage[] }): Panel {
  const edges = [0, ...coverage.map(({ credibility }) => credibility), 1];
  return panel({
    title,
    x: { label: "claimed", domain: [0, 1] },
    y: { label: "held", domain: [0, 1] },
    equal: true,
    marks: [
      line({ x: [0, 1], y: [0, 1], color: theme.colors.muted, dash: "5 4", width: 1.2 }),
      line({ x: edges, y: [0, ...coverage.map(({ observed }) => observed), 1] }),
    ],
  });
}

function rankPanel(title: string, { ranks, draws: of }: RankCheck): Panel {
  const bins = 20;
  return panel({
    title,
    x: { label: `rank among ${of} samples` },
    y: { label: "rows" },
    marks: [
      histogram({ values: ranks, bins, range: [-0.5, of + 0.5], density: false }),
      rule({ y: ranks.length / bins, label: "expected" }),
    ],
  });
}
