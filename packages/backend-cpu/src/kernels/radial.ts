import { type Frame, type RowKernel, radialSpec } from "@flows/core/author";
import { sigmoid, softplus } from "./smooth.js";

/**
 * The radial map y = x + beta (x - center) / (alpha + r) with r = |x - center|; params center, log alpha, raw beta;
 * alpha + beta = softplus(raw beta), the gap. Log-det (n - 1) log((r + gap) / (alpha + r)) + log((r (r + 2 alpha) + alpha gap) / (alpha + r)^2).
 * Source: Rezende and Mohamed (2015), eq. 14 and appendix A.2. https://arxiv.org/abs/1505.05770
 */
export const radialKernel: RowKernel = {
  spec: radialSpec,
  forward: (frame, { reads }, from, to) => {
    const {
      reads: [x],
      writes: [y],
      params: [center],
      logDet,
    } = frame;
    const [n, { alpha, gap }] = [reads[0]!.width, pullOf(frame)];
    for (let r = from; r < to; r++) {
      const distance = distanceOf(x!, r * n, center!);
      const far = alpha + distance;
      for (let j = 0, i = r * n; j < n; j++, i++) y![i] = x![i]! + ((gap - alpha) / far) * (x![i]! - center![j]!);
      logDet[r]! += (n - 1) * Math.log((distance + gap) / far) + Math.log((distance * (distance + 2 * alpha) + alpha * gap) / far ** 2);
    }
  },
  backward: (frame, adjoint, { reads }, from, to) => {
    const {
      reads: [x],
      params: [center],
    } = frame;
    const {
      reads: [dx],
      writes: [dy],
      params: [dCenter, dLogAlpha, dRawBeta],
      logDet: dLogDet,
    } = adjoint;
    const [n, { alpha, gap, slope }] = [reads[0]!.width, pullOf(frame)];
    for (let r = from; r < to; r++) {
      const distance = distanceOf(x!, r * n, center!);
      const far = alpha + distance;
      const factor = (gap - alpha) / far;
      const stretch = distance * (distance + 2 * alpha) + alpha * gap;
      let along = 0;
      for (let j = 0, i = r * n; j < n; j++, i++) along += dy![i]! * (x![i]! - center![j]!);
      const ofFar = -(n + 1) / far;
      const ofDistance = -along * (factor / far) + dLogDet[r]! * ((n - 1) / (distance + gap) + (2 * far) / stretch + ofFar);
      const ofAlpha = (-along * (1 + factor)) / far + dLogDet[r]! * ((2 * distance + gap) / stretch + ofFar);
      const ofGap = along / far + dLogDet[r]! * ((n - 1) / (distance + gap) + alpha / stretch);
      for (let j = 0, i = r * n; j < n; j++, i++) {
        const ofOffset = dy![i]! * factor + (distance > 0 ? (ofDistance * (x![i]! - center![j]!)) / distance : 0);
        dx![i]! += dy![i]! + ofOffset;
        dCenter![j]! -= ofOffset;
      }
      dLogAlpha![0]! += ofAlpha * alpha;
      dRawBeta![0]! += ofGap * slope;
    }
  },
};

/** alpha, the gap, and the slope of the gap in raw beta. */
const pullOf = ({ params: [, logAlpha, rawBeta] }: Frame): { alpha: number; gap: number; slope: number } => ({
  alpha: Math.exp(logAlpha![0]!),
  gap: softplus(rawBeta![0]!),
  slope: sigmoid(rawBeta![0]!),
});

function distanceOf(x: Float32Array, at: number, center: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < center.length; j++) sum += (x[at + j]! - center[j]!) ** 2;
  return Math.sqrt(sum);
}
