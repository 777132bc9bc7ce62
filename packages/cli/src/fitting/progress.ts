import type { StepReport } from "@flows/core";
import type { TableOptions } from "@flows/tables";
import { Presets, SingleBar } from "cli-progress";
import { programWords } from "../program-words.js";
import type { Terminal } from "../terminal.js";

/** Says how a fit runs and shows where it stands: a bar on a screen, a line at each tenth elsewhere, nothing when quiet. */
export interface Progress {
  update(report: StepReport): void;
  finish(): void;
}

/** "1200/3000 steps, 512/s, 4 s left, loss 0.412, 0.123 nats above the floor" */
export function progressWords(report: StepReport, first: StepReport, floor: number | null): string {
  const { step, steps, loss, validationNll } = report;
  // Steps before the first report belong to another process where the fit was resumed.
  const rate = step > first.step ? (step - first.step) / (report.seconds - first.seconds) : step / report.seconds;
  const nll = validationNll ?? loss;
  const words = [
    `${step}${steps === undefined ? "" : `/${steps}`} steps`,
    `${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}/s`,
    ...(steps === undefined ? [] : [`${duration((steps - step) / rate)} left`]),
    `loss ${loss.toFixed(3)}`,
    ...(validationNll === undefined ? [] : [`validation ${nll.toFixed(3)}`]),
    ...(floor === null ? [] : [`${(nll - floor).toFixed(3)} nats above the floor`]),
  ];
  return words.join(", ");
}

/** "4 s", "2 min 5 s" */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export function progressOf({ screen, say, quiet }: Terminal, floor: number | null): Progress {
  if (quiet) return { update: () => undefined, finish: () => undefined };
  let first: StepReport | undefined;
  const wordsOf = (report: StepReport): string => {
    if (!first) say(`A step ${programWords(report.programs)}.`);
    first ??= report;
    return progressWords(report, first, floor);
  };
  return screen ? barOn(screen, wordsOf) : linesTo(say, wordsOf);
}

/** Says which number of components is tried, at most once a second. */
export function candidatesTo({ say, quiet }: Terminal): TableOptions["onCandidate"] {
  let next = performance.now() + 1000;
  return ({ components, tried, of }) => {
    if (quiet || performance.now() < next) return;
    next = performance.now() + 1000;
    say(`Trying ${components} components; ${tried} of up to ${of} numbers were tried.`);
  };
}

function barOn(stream: NodeJS.WriteStream, wordsOf: (report: StepReport) => string): Progress {
  // Its graceful exit would end the process before the checkpoint is written.
  const looks = { format: "{bar} {words}", barsize: 24, hideCursor: true, gracefulExit: false, stream, linewrap: false, fps: 8 };
  const bar = new SingleBar(looks, Presets.shades_classic);
  let started = false;
  return {
    update: (report) => {
      const words = wordsOf(report);
      const total = report.steps ?? report.step;
      if (!started) bar.start(total, report.step, { words });
      started = true;
      bar.setTotal(total);
      bar.update(report.step, { words });
    },
    finish: () => {
      if (started) bar.stop();
    },
  };
}

function linesTo(say: (text: string) => void, wordsOf: (report: StepReport) => string): Progress {
  let next = 0;
  return {
    update: (report) => {
      const words = wordsOf(report);
      if (report.step < next && report.step !== report.steps) return;
      say(words);
      next = report.step + (report.steps === undefined ? 200 : Math.max(1, Math.floor(report.steps / 10)));
    },
    finish: () => undefined,
  };
}
