import { curveVerdict } from "@flows/diagnostics";
import { figure, type Panel, trainingCurve } from "@flows/plot";
import type { About, Curve } from "@flows/tables";
import type { Section, Subject } from "../section.js";

/** A curve of fewer entries is not judged. */
const fewestEntries = 10;

/** The course of the fit, as the model file remembers it. */
export function trainingSection({ model: { about } }: Subject): Section {
  const heading = "Training";
  if (!about) return { heading, text: "The model file says nothing of its fit: it was not written by flows fit.", figures: [] };
  const { curve, floor, notes, rows, seconds } = about;
  if (curve.at.length === 0)
    return {
      heading,
      text: [`Fitted to ${rows.train.toLocaleString("en")} rows${timed(seconds)}, without steps.`, ...notes].join(" "),
      figures: [],
    };
  const lines = linesOf(curve);
  const panels: Panel[] = [trainingCurve({ ...lines, ...(floor !== null && { floor }), title: "Negative log-likelihood" })];
  // The floor is no bound on the rows trained on: learned by heart, they fall below it.
  const { validation } = lines;
  if (floor !== null && validation) panels.push(trainingCurve({ validation, floor, log: true, title: "Above the floor" }));
  return {
    heading,
    text: `${courseOf(about)}${verdictWords(about)}`,
    figures: [
      {
        name: "training",
        svg: figure({ panels, ...(panels.length === 1 && { width: 640 }) }),
        caption: "In nats and in the data's own units, on at most 1,024 training rows and all validation rows.",
      },
    ],
  };
}

/** What the curves of training and validation say; nothing where they are too short. */
function verdictWords({ curve: { train, validation }, stopped }: About): string {
  if (train.length < fewestEntries) return "";
  const [own, other] = [train, validation].map((values) => values.map((value) => value ?? Number.NaN));
  const { verdict, advice } = curveVerdict(own!, other);
  return stopped === "patience" && verdict === "fine" ? byHeart : ` ${advice}`;
}

const byHeart =
  " From there on it learned the training rows by heart: their loss fell, that of other rows did not. More rows or a smaller model help.";

function linesOf({ at, train, validation }: Curve) {
  const pairs = (values: Curve["train"]) => ({ x: at, y: values.map((value) => value ?? Number.NaN) });
  return { train: pairs(train), ...(validation.length > 0 && { validation: pairs(validation) }) };
}

const stops: Readonly<Record<string, string>> = {
  patience: "it stopped because validation no longer improved",
  steps: "it took all the steps it was given",
  epochs: "it went through all the epochs it was given",
};

/** A model that comes from a file says nothing of time. */
const timed = (seconds: number | undefined): string => (seconds === undefined ? "" : ` in ${seconds.toFixed(1)} s`);

function courseOf({ steps, seconds, stopped, bestStep, rows, stepMs }: About): string {
  const kept = bestStep === null ? "" : ` The weights of step ${bestStep.toLocaleString("en")} validated best and were kept.`;
  const time = `${steps.toLocaleString("en")} steps on ${rows.train.toLocaleString("en")} rows${timed(seconds)}${stepMs ? ` (median ${stepMs.median.toFixed(1)} ms a step)` : ""}`;
  return `${time}; ${stops[stopped] ?? stopped}.${kept}`;
}
