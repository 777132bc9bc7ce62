import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { accepts, type Shown } from "@flows/acceptance";
import { toPng } from "@flows/plot/png";
import type { Progress } from "./progress.js";
import { type Row, type RowOptions, rowOf } from "./record.js";

/** What a run asks for. */
export interface NotebookOptions {
  /** The experiment's folder for figures and finished seeds. */
  readonly folder: string;
  /** Shorter: one seed and fewer steps. Numbers are then printed but not accepted. */
  readonly quick: boolean;
  readonly progress: Progress;
  /** Takes an acceptance line; default `accepts`, which throws where the line is not shown. */
  readonly accept?: (id: string, shown: Shown) => void;
}

/** Where an experiment writes down what it finds. */
export interface Notebook {
  readonly quick: boolean;
  readonly folder: string;
  readonly progress: Progress;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  /** Paths of the figures' SVG files. */
  readonly figures: readonly string[];
  /** Lines whose number was not reached, in words. */
  readonly missed: readonly string[];
  /** The seeds of this run: 0 .. count - 1, only 0 where it is quick. */
  seeds(count: number): readonly number[];
  row(options: RowOptions): Row;
  /** A sentence under the table. */
  note(text: string): void;
  /** Writes a figure as SVG and PNG; the ids are the lines that it shows. */
  figure(name: string, svg: string, ids: readonly string[]): Promise<void>;
  /** Shows an acceptance line. Of a quick run numbers do not count, nor that something is not seen yet. */
  show(id: string, shown: Shown): void;
}

export function openNotebook({ folder, quick, progress, accept = accepts }: NotebookOptions): Notebook {
  const [rows, notes, figures, missed]: [Row[], string[], string[], string[]] = [[], [], [], []];
  const show = (id: string, shown: Shown): void => {
    if (quick && ("value" in shown || ("behaviour" in shown && shown.passed === false))) return;
    try {
      accept(id, shown);
    } catch (error) {
      missed.push((error as Error).message);
    }
  };
  return {
    quick,
    folder,
    progress,
    rows,
    notes,
    figures,
    missed,
    show,
    seeds: (count) => Array.from({ length: quick ? 1 : count }, (_, seed) => seed),
    row: (options) => {
      const row = rowOf(options);
      rows.push(row);
      return row;
    },
    note: (text) => void notes.push(text),
    figure: async (name, svg, ids) => {
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `${name}.svg`);
      writeFileSync(path, svg);
      writeFileSync(join(folder, `${name}.png`), await toPng(svg));
      figures.push(path);
      for (const id of ids) show(id, { figure: relative(process.cwd(), path) });
    },
  };
}
