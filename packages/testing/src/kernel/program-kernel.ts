import { type Frame, fail, type Place, type Program, type RowKernel, rowOpSpec, type Step } from "@flows/core/author";

/** A whole program as one op. */
export const programSpec = rowOpSpec({ op: "program" });

/** A program without barriers as one kernel, whose step reads its inputs and writes every register it makes. */
export function programKernel(program: Program, whole: Step, kernels: readonly RowKernel[]): RowKernel {
  const kernelOf = (op: string): RowKernel =>
    kernels.find(({ spec }) => spec.op === op) ?? fail("config", "flows/testing", `no row kernel for ${op} was given.`);
  const inner = (frame: Frame, step: Step): Frame => {
    const register = (index: number): Float32Array => {
      const read = whole.reads.findIndex((r) => r.index === index);
      return read >= 0 ? frame.reads[read]! : frame.writes[whole.writes.findIndex((r) => r.index === index)]!;
    };
    const place = ({ buffer, offset }: Place): Float32Array =>
      frame.params[whole.params.findIndex((p) => p.buffer === buffer && p.offset === offset)]!;
    return {
      reads: step.reads.map(({ index }) => register(index)),
      writes: step.writes.map(({ index }) => register(index)),
      params: step.params.map(place),
      logDet: frame.logDet,
    };
  };
  return {
    spec: programSpec,
    forward: (frame, _step, from, to) => {
      for (const step of program.steps) kernelOf(step.spec.op).forward(inner(frame, step), step, from, to);
    },
    backward: (frame, adjoint, _step, from, to) => {
      for (const step of [...program.steps].reverse())
        kernelOf(step.spec.op).backward(inner(frame, step), inner(adjoint, step), step, from, to);
    },
  };
}
