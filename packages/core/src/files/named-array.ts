/** Numbers with a shape, as a file holds them. `data` is row-major and of the type that `dtype` names. */
export interface NamedArray {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array;
}

/** The number types that Flows reads and writes. */
export type Dtype = keyof typeof arrays;

/** The typed array of each number type. */
export const arrays = { F32: Float32Array, F64: Float64Array, I32: Int32Array } as const;

export const isDtype = (value: unknown): value is Dtype => typeof value === "string" && Object.hasOwn(arrays, value);

/** How many numbers a shape holds; 1 for a scalar's []. */
export const count = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);
