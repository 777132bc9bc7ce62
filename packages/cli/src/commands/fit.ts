import type { Answer, Command } from "../command.js";
import { type Fitted, fitModel } from "../fitting/fit-model.js";
import { duration } from "../fitting/progress.js";
import { fitOptions, fitRequest } from "../fitting/request.js";

/** Fits a model to data and says how well. */
export const fit: Command = {
  name: "fit",
  summary: "Fit a model to DATA, say how well, and write it.",
  usage: "DATA [--model NAME] [--out FILE]",
  positionals: ["DATA"],
  options: fitOptions,
  run: async ({ positionals: [data = ""], values, terminal, signal, backend }) => {
    const request = fitRequest(data, values);
    return answerOf(await fitModel(request, { terminal, signal, backend }), request.out);
  },
};

/** The JSON is the result alone; --history holds all there is. */
function answerOf({ about, parameters }: Fitted, out: string | undefined): Answer {
  const { model, steps, seconds, stepMs, seed, trainNll, validationNll, testNll, floor, natsAboveFloor } = about;
  const json = { model, parameters, steps, seconds, stepMs, seed, trainNll, validationNll, testNll, floor, natsAboveFloor };
  return { text: wordsOf({ about, parameters }, out), json };
}

const nats = (value: number | null): string => (value === null ? "none" : value.toFixed(4));

function wordsOf({ about, parameters }: Fitted, out: string | undefined): string {
  const { model, steps, seconds, stepMs, stopped, bestStep, trainNll, validationNll, testNll, floor, natsAboveFloor, seed, backend } =
    about;
  const best = bestStep === null || bestStep === steps ? "" : `, kept step ${bestStep}, which validated best`;
  return [
    `${model}: ${parameters.toLocaleString("en")} parameters, seed ${seed}, ${backend}`,
    steps === 0
      ? `fitted in ${duration(seconds)}`
      : `${steps} steps in ${duration(seconds)} (${stepMs.median.toFixed(2)} ms a step)${stopped === "patience" ? ", stopped early" : ""}${best}`,
    `NLL in nats: train ${nats(trainNll)}, validation ${nats(validationNll)}, test ${nats(testNll)}`,
    ...(floor === null ? [] : [`floor ${nats(floor)}`]),
    ...(natsAboveFloor === null
      ? []
      : [`nats above the floor ${nats(natsAboveFloor)} ± ${nats(about.natsAboveFloorStandardError)}, on 20,000 fresh points`]),
    ...(out === undefined ? [] : [`written to ${out}`]),
  ].join("\n");
}
