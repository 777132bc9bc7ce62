import { type MoveAttrs, type MovedColumn, moveSpec, type Register, type Step } from "@flows/core/author";

/** A column of a register; zeros where there is none. */
type Origin = readonly [register: Register | undefined, column: number];

/** A step that moves columns straight from where they come from. */
function moveFrom(step: Step<MoveAttrs>, sources: readonly Origin[]): Step<MoveAttrs> {
  const reads = [...new Set(sources.flatMap(([register]) => register ?? []))];
  const cells = sources.map(([register, column]): MovedColumn => (register ? [reads.indexOf(register), column] : [-1, 0]));
  return { ...step, reads, attrs: { cells } };
}

const isMove = (step: Step): step is Step<MoveAttrs> => step.spec.op === moveSpec.op;

/** The same numbers with fewer copies: what moves columns reads past other moves, and moves that nobody reads any more are left out. */
export function shortened(steps: readonly Step[], wanted: ReadonlySet<Register>): readonly Step[] {
  const moved = new Map<Register, readonly Origin[]>();
  const direct = steps.map((step) => {
    if (!isMove(step) || step.reads.length === 0) return step;
    const sources = step.attrs.cells.map(([read, column]): Origin => {
      const register = step.reads[read];
      return (register && moved.get(register)?.[column]) ?? [register, column];
    });
    moved.set(step.writes[0]!, sources);
    return moveFrom(step, sources);
  });
  const read = new Set(wanted);
  const kept = [...direct].reverse().filter((step) => {
    if (isMove(step) && !read.has(step.writes[0]!)) return false;
    for (const register of step.reads) read.add(register);
    return true;
  });
  return kept.reverse();
}
