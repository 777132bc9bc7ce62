import { sizeOf } from "@flows/core/author";

/** A tensor around one axis: `outer` runs of `length` times `inner` numbers. */
export const around = (shape: readonly number[], axis: number) => ({
  outer: sizeOf(shape.slice(0, axis)),
  inner: sizeOf(shape.slice(axis + 1)),
});

/** The one axis along which two shapes differ (0 where none does); undefined where there are several. */
export function differingAxis(a: readonly number[], b: readonly number[]): number | undefined {
  const axes = a.flatMap((n, i) => (n === b[i] ? [] : [i]));
  return axes.length > 1 ? undefined : (axes[0] ?? 0);
}
