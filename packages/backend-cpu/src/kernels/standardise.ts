import { type Frame, type RowKernel, type StandardiseAttrs, type Step, standardiseSpec } from "@flows/core/author";

/**
 * Batch normalisation of each column with sd = sqrt(variance + epsilon): inverse (data to noise)
 * y = (x - mean) / sd e^logScale + shift, forward y = (x - shift) e^-logScale sd + mean; the log-det is its slope's.
 * Reads x and, while training, the batch's mean and variance (a shared row each); params shift, logScale, running mean, running variance.
 * Source: Dinh, Sohl-Dickstein and Bengio (2017), Density estimation using Real NVP, section 3.7. https://arxiv.org/abs/1605.08803
 */
export const standardiseKernel: RowKernel<StandardiseAttrs> = {
  spec: standardiseSpec,
  forward: (frame, step, from, to) => {
    const [
      {
        reads: [x],
        writes: [y],
        params: [shift],
        logDet,
      },
      width,
      sign,
    ] = [frame, step.reads[0]!.width, signOf(step)];
    let total = 0;
    for (let j = 0; j < width; j++) {
      const { mean, logGain } = column(frame, step, j);
      const [out, into, gain] = sign > 0 ? [mean, shift![j]!, Math.exp(logGain)] : [shift![j]!, mean, Math.exp(-logGain)];
      for (let r = from, i = r * width + j; r < to; r++, i += width) y![i] = (x![i]! - out) * gain + into;
      total += sign * logGain;
    }
    for (let r = from; r < to; r++) logDet[r]! += total;
  },
  backward: (frame, adjoint, step, from, to) => {
    const [
      {
        reads: [x],
        params: [shift],
      },
      width,
      sign,
    ] = [frame, step.reads[0]!.width, signOf(step)];
    const {
      reads: [dx, dMean, dVariance],
      writes: [dy],
      params: [dShift, dLogScale],
      logDet: dLogDet,
    } = adjoint;
    for (let j = 0; j < width; j++) {
      const { mean, variance, logGain } = column(frame, step, j);
      const [out, gain] = sign > 0 ? [mean, Math.exp(logGain)] : [shift![j]!, Math.exp(-logGain)];
      let [ofOut, ofInto, ofGain] = [0, 0, 0];
      for (let r = from, i = r * width + j; r < to; r++, i += width) {
        dx![i]! += dy![i]! * gain;
        ofOut -= dy![i]! * gain;
        ofInto += dy![i]!;
        ofGain += sign * (dy![i]! * (x![i]! - out) * gain + dLogDet[r]!);
      }
      dShift![j]! += sign > 0 ? ofInto : ofOut;
      dLogScale![j]! += ofGain;
      if (dMean) dMean[j]! += sign > 0 ? ofOut : ofInto;
      if (dVariance) dVariance[j]! -= ofGain / (2 * variance);
    }
  },
};

/** 1 from data to noise, -1 back. */
const signOf = ({ attrs }: Step<StandardiseAttrs>): 1 | -1 => (attrs.direction === "inverse" ? 1 : -1);

/** The statistics of a column, epsilon included, and the log of its slope from data to noise. */
function column(
  { reads, params }: Frame,
  { attrs }: Step<StandardiseAttrs>,
  j: number,
): { mean: number; variance: number; logGain: number } {
  const mean = (reads[1] ?? params[2]!)[j]!;
  const variance = (reads[2] ?? params[3]!)[j]! + attrs.epsilon;
  return { mean, variance, logGain: params[1]![j]! - Math.log(variance) / 2 };
}
