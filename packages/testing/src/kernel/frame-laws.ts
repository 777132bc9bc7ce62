import { resultsOf } from "@flows/core/author";
import { broken, close, type Numbers, same } from "../close.js";
import type { Law } from "../law.js";
import { boundOf, livePrecision, type ToleranceOptions, toleranceOf } from "../tolerances.js";
import type { FrameCase, WithCase } from "./frame-case.js";
import { inputsOf } from "./memory.js";
import { mark, namedResults, type Ran, type Range, run } from "./run.js";

const many = 65;

/** Laws of a row kernel on memory; `name` tells the case. A barrier is called for all rows at once. */
export function frameLaws(name: string, withCase: WithCase, options: ToleranceOptions, barrier = false): Law[] {
  const law = (title: string, check: (frameCase: FrameCase) => Promise<void>): Law => ({
    name: `${name}: ${title}`,
    check: () => withCase(check),
  });
  const equals = (n: number): Law =>
    law(`${n} ${n === 1 ? "row equals" : "rows equal"} the reference, gradients too`, async (frameCase) => {
      const inputs = inputsOf(frameCase, n);
      const { result } = run(frameCase, inputs, await livePrecision(), [[0, n]]);
      const truth = await frameCase.truth(inputs);
      const asked = Object.fromEntries(Object.keys(truth).map((key) => [key, result[key] ?? []]));
      same(name, asked, truth, boundOf(await toleranceOf(options)));
    });
  const everyRow = [equals(1), equals(many), law("passes on NaN and infinities", async (frameCase) => passesOn(frameCase))];
  if (barrier) return everyRow;
  return [
    ...everyRow,
    law("reads and writes only its rows", async (frameCase) => {
      const [inputs, precision] = [inputsOf(frameCase, many), await livePrecision()];
      const range: Range = [3, 40];
      const part = run(frameCase, inputs, precision, [range]);
      const whole = run(frameCase, inputs, precision, [[0, many]]);
      insideEquals(frameCase, part, whole, range, boundOf(await toleranceOf(options)));
      outsideUntouched(frameCase, part, range);
    }),
    law("rows in pieces equal rows at once", async (frameCase) => {
      const [inputs, precision] = [inputsOf(frameCase, many), await livePrecision()];
      const pieces = run(frameCase, inputs, precision, [
        [0, 1],
        [1, 64],
        [64, many],
      ]);
      same(name, pieces.result, run(frameCase, inputs, precision, [[0, many]]).result, boundOf(await toleranceOf(options)));
    }),
  ];
}

const cut = (values: Numbers, width: number, [from, to]: Range): Numbers => Array.from(values).slice(from * width, to * width);

function insideEquals({ step }: FrameCase, part: Ran, whole: Ran, range: Range, bound: (key: string) => number): void {
  const results = namedResults(resultsOf(step).map(({ width }) => width));
  const reads = step.reads.flatMap(({ width, shared }, i) => (shared ? [] : [[`d read ${i}`, width] as const]));
  const widths: Readonly<Record<string, number>> = { ...results, logDet: 1, ...Object.fromEntries(reads) };
  for (const [key, width] of Object.entries(widths))
    close(`${key} of rows ${range}`, cut(part.result[key]!, width, range), cut(whole.result[key]!, width, range), bound(key));
  for (const [key, values] of Object.entries(part.result))
    if (!(key in widths) && !Array.from(values).every(Number.isFinite)) broken(`${key} took a number from rows outside ${range}`);
}

/** Outside the range memory is as it was: NaN where the kernel writes, the mark where it adds. */
function outsideUntouched({ step }: FrameCase, { frame, adjoint }: Ran, [from, to]: Range): void {
  const check = (what: string, values: Float32Array, width: number, before = mark): void => {
    const at = values.findIndex((v, i) => (i < from * width || i >= to * width) && !Object.is(v, before));
    if (at >= 0) broken(`${what}: wrote to row ${Math.floor(at / width)}, asked for rows ${from} up to ${to}`);
  };
  for (const [i, { width }] of step.writes.entries()) check(`register ${i}`, frame.writes[i]!, width, Number.NaN);
  check("log-det", frame.logDet, 1);
  for (const [i, { width, shared }] of step.reads.entries()) if (!shared) check(`adjoint of read ${i}`, adjoint.reads[i]!, width);
}

/** Where the composite is not finite the kernel is not finite either, and other rows stay clean. */
async function passesOn(frameCase: FrameCase): Promise<void> {
  const precision = await livePrecision();
  const clean = inputsOf(frameCase, 5);
  const width = frameCase.step.reads[0]!.width;
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const [first, ...rest] = clean.reads;
    const inputs = { ...clean, reads: [first!.map((v, i) => (i === 2 * width ? value : v)), ...rest] };
    const [got, want] = [run(frameCase, inputs, precision, [[0, 5]]).result, await frameCase.truth(inputs)];
    for (const key of Object.keys(want).filter((name) => !name.startsWith("d ")))
      agreesOnFinite(`${key} with ${value} in row 2`, got[key]!, want[key]!);
  }
}

function agreesOnFinite(what: string, got: Numbers, want: Numbers): void {
  for (let i = 0; i < want.length; i++)
    if (Number.isFinite(got[i]) !== Number.isFinite(want[i])) broken(`${what}: number ${i} is ${got[i]}, the reference gives ${want[i]}`);
}
