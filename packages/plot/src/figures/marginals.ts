import { roles } from "../color/palette.js";
import { type Panel, panel } from "../layout/panel.js";
import { histogram } from "../marks/histogram.js";
import { column, extentOf, type Rows } from "../rows.js";

/** Real rows and generated ones, column by column. */
export interface MarginalOptions {
  readonly real: Rows;
  readonly generated: Rows;
  /** One name a column; as many panels as names. */
  readonly names: readonly string[];
  readonly bins?: number;
}

/** A histogram a column, generated over real, in the same bins. */
export const marginals = ({ real, generated, names, bins = 40 }: MarginalOptions): Panel[] =>
  names.map((name, index) => {
    const columns = [column(real, index), column(generated, index)] as const;
    const [low, high] = extentOf(columns.flatMap((values) => extentOf(values) ?? [])) ?? [0, 1];
    const range: [number, number] = low < high ? [low, high] : [low - 0.5, high + 0.5];
    return panel({
      x: { label: name },
      y: { label: "density" },
      marks: [
        histogram({ values: columns[0], bins, range, color: roles.real, label: "real" }),
        histogram({ values: columns[1], bins, range, color: roles.second, opacity: 0.2, label: "generated" }),
      ],
    });
  });
