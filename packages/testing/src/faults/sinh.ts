import type { Plugin } from "@flows/core";
import { type Directed, defineBijector, defineRowOp, type RowExamples, type RowKernel, rowOpSpec, scale } from "@flows/core/author";
import { add, asinh, cosh, exp, log, mul, neg, sinh, sum } from "@flows/core/ops";

const sinhSpec = rowOpSpec<Directed>({
  op: "acme.sinh",
  params: ["logScale"],
});

/** A stranger's row op: x = exp(logScale) sinh(z). */
export const sinhRows = defineRowOp(sinhSpec, ([x], [logScale], { direction }) => {
  const z = direction === "forward" ? x! : asinh(mul(x!, exp(neg(logScale!))));
  const logDet = sum(add(log(cosh(z)), logScale!), 1);
  return direction === "forward" ? [mul(sinh(z), exp(logScale!)), logDet] : [z, neg(logDet)];
});

export const sinhOp: RowExamples = {
  op: sinhRows,
  at: (n) => (["forward", "inverse"] as const).map((direction) => ({ rows: [n], params: [[n]], attrs: { direction } })),
};

export const sinhMap = defineBijector({ type: "acme/sinh", options: ["features"] }, ({ features }: { readonly features: number }) => ({
  event: [features],
  params: { logScale: scale([features]) },
  forward: (z, p) => sinhRows([z], [p.logScale], { direction: "forward" }),
  inverse: (x, p) => sinhRows([x], [p.logScale], { direction: "inverse" }),
  lower: (program, x, p, direction) => sinhRows.emit(program, [x], [p.logScale], { direction })[0],
}));

export const sinhKernel: RowKernel<Directed> = {
  spec: sinhSpec,
  forward: ({ reads: [x], writes: [y], params: [s], logDet }, { attrs, reads: [register] }, from, to) => {
    const [width, forward] = [register!.width, attrs.direction === "forward"];
    for (let r = from; r < to; r++)
      for (let j = 0, i = r * width; j < width; j++, i++) {
        const z = forward ? x![i]! : Math.asinh(x![i]! * Math.exp(-s![j]!));
        y![i] = forward ? Math.sinh(z) * Math.exp(s![j]!) : z;
        logDet[r]! += (forward ? 1 : -1) * (Math.log(Math.cosh(z)) + s![j]!);
      }
  },
  backward: (frame, adjoint, { attrs, reads: [register] }, from, to) => {
    const [[x], [y], [s]] = [frame.reads, frame.writes, frame.params];
    const [[dx], [dy], [ds]] = [adjoint.reads, adjoint.writes, adjoint.params];
    const [width, forward] = [register!.width, attrs.direction === "forward"];
    for (let r = from; r < to; r++)
      for (let j = 0, i = r * width; j < width; j++, i++) {
        const z = forward ? x![i]! : y![i]!;
        const slope = Math.cosh(z) * Math.exp(s![j]!);
        const dz = (forward ? dy![i]! * slope : dy![i]!) + (forward ? 1 : -1) * adjoint.logDet[r]! * Math.tanh(z);
        dx![i]! += forward ? dz : dz / slope;
        ds![j]! += forward ? dy![i]! * y![i]! + adjoint.logDet[r]! : -dz * Math.tanh(z) - adjoint.logDet[r]!;
      }
  },
};

export const acme: Plugin = { name: "acme", spec: 1, modules: [sinhMap], ops: [sinhOp], kernels: [sinhKernel] };
