import { type Attrs, type RowOp, type Shape, tensorOf, withReference } from "@flows/core";
import type { Tensor } from "@flows/core/ops";
import { grads, keep, tidy } from "@tensorflow/tfjs-core";
import type { Result } from "../close.js";
import { mixed } from "../plain/measure.js";
import { read } from "../plain/read.js";
import type { Inputs } from "./memory.js";

/** An op's composite and its gradients on these inputs: "value", "logDet", "d read 0", "d param 0", ... */
export const referenceOf =
  <A extends Attrs>(op: RowOp<A>, attrs: A, paramShapes: readonly Shape[]) =>
  async ({ rows, reads, params }: Inputs): Promise<Result> => {
    const kept: Record<string, Tensor> = {};
    tidy(() => {
      const inputs = [
        ...reads.map((values) => tensorOf(values, [rows, values.length / rows])),
        ...params.map((values, i) => tensorOf(values, paramShapes[i]!)),
      ];
      const loss = (...all: Tensor[]) => {
        const [value, logDet] = withReference(() => op(all.slice(0, reads.length), all.slice(reads.length), attrs));
        kept.value = keep(value.clone());
        kept.logDet = keep(logDet.clone());
        return mixed({ value, logDet });
      };
      grads(loss)(inputs).forEach((gradient, i) => {
        kept[i < reads.length ? `d read ${i}` : `d param ${i - reads.length}`] = keep(gradient);
      });
    });
    return read(kept);
  };
