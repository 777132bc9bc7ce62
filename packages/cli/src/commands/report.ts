import { join } from "node:path";
import { checkWritable, writeAtomic } from "@flows/core/node";
import { toPng } from "@flows/plot/png";
import { buildReport } from "@flows/report";
import { loadTableFile } from "@flows/tables/node";
import type { Command } from "../command.js";
import { dataOptions, missingOption } from "../data-options.js";
import { textOption, wholeOption } from "../numbers.js";
import { dataFor } from "./score.js";

/** One page on a model. */
export const report: Command = {
  name: "report",
  summary: "One self-contained HTML page on MODEL and DATA.",
  usage: "MODEL DATA [--out report.html]",
  positionals: ["MODEL", "DATA"],
  options: {
    ...dataOptions,
    ...missingOption,
    out: { type: "string", value: "FILE", help: "Where to write the page. Default report.html." },
    png: { type: "string", value: "FOLDER", help: "Writes every figure as PNG here, too." },
  },
  run: async ({ positionals: [path = "", spec = ""], values, terminal, signal }) => {
    const [out, png] = [textOption(values, "out") ?? "report.html", textOption(values, "png")];
    await checkWritable(out);
    if (png !== undefined) await checkWritable(join(png, "figure.png"));
    const model = await loadTableFile(path);
    try {
      const data = await dataFor(model, spec, values, terminal);
      terminal.say("Drawing the report.");
      const { html, figures } = await buildReport(model, data, { seed: wholeOption(values, "seed", 0), signal });
      await writeAtomic(out, html);
      const files = png === undefined ? [] : figures.map(({ name, svg }) => ({ svg, file: join(png, `${name}.png`) }));
      for (const { svg, file } of files) await writeAtomic(file, await toPng(svg));
      const more = files.length > 0 ? `, and ${files.length} figures to ${png}` : "";
      return {
        text: `written to ${out}${more}`,
        json: { out, figures: files.map(({ file }) => file), rows: data.rows.shape[0], columns: data.columns },
      };
    } finally {
      model.dispose();
    }
  },
};
