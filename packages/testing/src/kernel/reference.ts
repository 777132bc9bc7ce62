import { type RowCase, type RowReference, tensorOf } from "@flows/core/author";
import { add, constant, mul, reshape, sum, type Tensor, zeros } from "@flows/core/ops";
import { grads, keep, tidy } from "@tensorflow/tfjs-core";
import { mixed } from "../plain/measure.js";
import { read } from "../plain/read.js";
import type { FrameCase } from "./frame-case.js";
import { namedResults } from "./run.js";

/** Where some inputs play no part: a gradient of 0. */
const touched = (inputs: readonly Tensor[]): Tensor => inputs.map((input) => sum(mul(input, constant(0)))).reduce(add);

/** Numbers that all rows share as the one row that they are. */
const asRows = (result: Tensor): Tensor => (result.rank === 1 ? reshape(result, [1, result.size]) : result);

/** An op's composite and its gradients on these inputs: "value", "logDet", "d read 0", "d param 0", ... but none of state. */
export const referenceOf =
  ({ spec, reference }: RowReference, { rows: widths, shared = widths.length, params: shapes = [], attrs }: RowCase): FrameCase["truth"] =>
  async ({ rows, reads, params }) => {
    const kept: Record<string, Tensor> = {};
    const names = spec.params(attrs);
    tidy(() => {
      const inputs = [
        ...reads.map((values, i) => tensorOf(values, i < shared ? [rows, widths[i]!] : [widths[i]!])),
        ...params.map((values, i) => tensorOf(values, shapes[i]!)),
      ];
      const loss = (...all: Tensor[]) => {
        const outputs = reference(all.slice(0, reads.length), all.slice(reads.length), attrs);
        // A barrier adds nothing to the log-det.
        const logDet = spec.barrier ? zeros([rows]) : add(outputs.at(-1)!, zeros([rows]));
        const outcome = { ...namedResults(outputs.slice(0, -1).map(asRows)), logDet };
        for (const [name, output] of Object.entries(outcome)) kept[name] = keep(output.clone());
        return add(mixed(outcome), touched(all));
      };
      grads(loss)(inputs).forEach((gradient, i) => {
        const param = i - reads.length;
        if (param < 0) kept[`d read ${i}`] = keep(gradient);
        else if (!spec.state.includes(names[param]!)) kept[`d param ${param}`] = keep(gradient);
      });
    });
    return read(kept);
  };
