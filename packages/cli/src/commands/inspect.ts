import { type LayerSummary, type Summary, summary } from "@flows/core";
import type { About, Model } from "@flows/tables";
import { loadTableFile } from "@flows/tables/node";
import type { Command } from "../command.js";
import { count, programWords } from "../program-words.js";

/** What is in a model file. */
export const inspect: Command = {
  name: "inspect",
  summary: "What is in a model file: layers, columns, programs, history.",
  usage: "MODEL",
  positionals: ["MODEL"],
  options: {},
  run: async ({ positionals: [path = ""] }) => {
    const model = await loadTableFile(path);
    try {
      const found = summary(model.flow);
      const { curve: _, testLogProb: __, ...history } = model.about ?? { curve: undefined, testLogProb: undefined };
      return {
        text: [...flowWords(found), "", ...columnWords(model), "", ...historyWords(model.about)].join("\n"),
        json: { ...found, columns: model.table.columns, history: model.about ? history : null },
      };
    } finally {
      model.dispose();
    }
  },
};

function flowWords({ type, eventShape, parameters, state, base, layers, programs }: Summary): string[] {
  const width = Math.max(0, ...layers.map(({ path }) => path.length));
  const kind = Math.max(0, ...layers.map((layer) => layer.type.length));
  const line = ({ path, type, parameters, analytic, inverted }: LayerSummary): string =>
    `  ${path.padEnd(width)}  ${type.padEnd(kind)}  ${count(parameters, "parameter")}${inverted ? ", inverted" : ""}${analytic === "both" ? "" : `, ${analytic} is a formula, the other way is solved`}`;
  return [
    `${type} on rows of [${eventShape}]: ${count(parameters, "parameter")}${state > 0 ? `, ${count(state, "number")} of state` : ""}`,
    ...(base ? [`base ${base.type}`] : []),
    ...layers.map(line),
    ...(programs ? [`scoring ${programWords(programs.inverse)}`, `sampling ${programWords(programs.forward)}`] : []),
  ];
}

function columnWords({ table: { columns } }: Model): string[] {
  const width = Math.max(...columns.map(({ name }) => name.length));
  const line = ({ name, shift, scale }: Model["table"]["columns"][number]): string =>
    `  ${name.padEnd(width)}  ${shift === 0 && scale === 1 ? "as it is" : `less ${Number(shift.toPrecision(6))}, over ${Number(scale.toPrecision(6))}`}`;
  return [count(columns.length, "column"), ...columns.map(line)];
}

function historyWords(about: About | undefined): string[] {
  if (!about) return ["no history: not written by flows fit"];
  const { model, data, steps, stopped, seed, backend, testNll, natsAboveFloor } = about;
  return [
    `${model} fitted to ${data}: ${steps} steps on ${backend}, seed ${seed}, ended by ${stopped}`,
    ...(testNll === null ? [] : [`test NLL ${testNll.toFixed(4)} nats on ${count(about.rows.test, "row")}`]),
    ...(natsAboveFloor === null ? [] : [`${natsAboveFloor.toFixed(4)} nats above the floor`]),
  ];
}
