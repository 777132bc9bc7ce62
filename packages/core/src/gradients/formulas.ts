import { engine, type GradConfig, reshape, sum, type Tensor } from "@tensorflow/tfjs-core";

/**
 * The shapes a gradient of one kernel comes in. Each formula is written with tfjs ops, so that it can be differentiated again.
 * Whatever a formula returns must be a new tensor: the tape disposes it when a second path arrives at the same input.
 */
type Formula<A> = (dy: Tensor, x: Tensor, attrs: A) => Tensor;
type Partial2 = (dy: Tensor, a: Tensor, b: Tensor) => Tensor;

/** dx from dy and the kernel's input, which tfjs calls `key`. */
export const fromInput = <A>(kernelName: string, formula: Formula<A>, key = "x"): GradConfig => ({
  kernelName,
  inputsToSave: [key],
  gradFunc: (dy, [x], attrs) => ({ [key]: () => formula(dy as Tensor, x!, attrs as unknown as A) }),
});

/**
 * dx from dy and the kernel's output. Inside a second gradient the output is computed `again` from the input: tfjs puts the output it
 * saves on the tape before the kernel that made it, so what flows back through it is lost without a word.
 */
export const fromOutput = <A>(kernelName: string, again: (x: Tensor, attrs: A) => Tensor, formula: Formula<A>, key = "x"): GradConfig => ({
  kernelName,
  inputsToSave: [key],
  outputsToSave: [true],
  gradFunc: (dy, [x, y], attrs) => {
    const [settings, nested] = [attrs as unknown as A, engine().state.gradientDepth > 0];
    return { [key]: () => formula(dy as Tensor, nested ? again(x!, settings) : y!, settings) };
  },
});

/** dx from dy alone. */
export const fromDy = <A>(kernelName: string, formula: (dy: Tensor, attrs: A) => Tensor, key = "x"): GradConfig => ({
  kernelName,
  gradFunc: (dy, _saved, attrs) => ({ [key]: () => formula(dy as Tensor, attrs as unknown as A) }),
});

/** da and db at the broadcast shape, summed back to the shapes of a and b. */
export const fromPair = (
  kernelName: string,
  da: Partial2,
  db: Partial2,
  keys: readonly [a: string, b: string] = ["a", "b"],
): GradConfig => ({
  kernelName,
  inputsToSave: [...keys],
  gradFunc: (dy, [a, b]) => ({
    [keys[0]]: () => summedTo(da(dy as Tensor, a!, b!), a!.shape),
    [keys[1]]: () => summedTo(db(dy as Tensor, a!, b!), b!.shape),
  }),
});

/** Sums over the axes along which a tensor of `shape` was broadcast. */
export function summedTo(dy: Tensor, shape: readonly number[]): Tensor {
  const added = dy.rank - shape.length;
  const axes = dy.shape.flatMap((size, i) => (i < added || size !== shape[i - added] ? [i] : []));
  return reshape(axes.length > 0 ? sum(dy, axes) : dy, [...shape]);
}

/** The axes a reduction was called with, from 0 up; all of them where it was called with none. */
export function axesOf(axis: number | readonly number[] | null | undefined, rank: number): number[] {
  const axes = typeof axis === "number" ? [axis] : (axis ?? Array.from({ length: rank }, (_, i) => i));
  return axes.map((a) => (a < 0 ? a + rank : a));
}
