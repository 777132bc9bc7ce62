import { tensorOf } from "@flows/core/author";

/** How near two numbers must be, relative to 1 + |truth|. */
export interface Tolerance {
  readonly value: number;
  readonly logDet: number;
  readonly gradient: number;
  /** One direction after the other. */
  readonly roundTrip: number;
  /** A gradient against a difference quotient. */
  readonly slope: number;
}

/**
 * The table. `closedForm` is for single maps of a few closed operations on float64; `float64` for whatever is put together
 * of them; `float32` for every float32 backend, with truth = the same weights on float64. A numerical inverse has its own bound.
 */
export const tolerances = {
  closedForm: { value: 1e-12, logDet: 1e-12, gradient: 1e-10, roundTrip: 1e-12, slope: 1e-6 },
  float64: { value: 1e-10, logDet: 1e-10, gradient: 1e-10, roundTrip: 1e-10, slope: 1e-6 },
  float32: { value: 2e-5, logDet: 1e-4, gradient: 1e-3, roundTrip: 1e-4, slope: 5e-2 },
} as const satisfies Record<string, Tolerance>;

/** The precision in which the live backend holds its numbers. */
export async function livePrecision(): Promise<"float32" | "float64"> {
  const probe = tensorOf(Float32Array.of(1), [1]);
  const values: unknown = await probe.data();
  probe.dispose();
  return values instanceof Float64Array ? "float64" : "float32";
}

export interface ToleranceOptions {
  /** True for a single map of a few closed operations: 1e-12 on float64. */
  readonly closedForm?: boolean | undefined;
  /** Own bounds in place of the table's; say why beside them. */
  readonly tolerance?: Partial<Tolerance> | undefined;
}

/** The row of the table for the live backend. */
export async function toleranceOf({ closedForm, tolerance }: ToleranceOptions): Promise<Tolerance> {
  const precision = await livePrecision();
  return { ...tolerances[precision === "float64" && closedForm ? "closedForm" : precision], ...tolerance };
}

/** Which tolerance a measured quantity has: "value", "logDet", "d rows", "new mean", ... */
export const boundOf =
  (tolerance: Tolerance) =>
  (key: string): number =>
    key.startsWith("d ") ? tolerance.gradient : key === "logDet" || key === "logProb" ? tolerance.logDet : tolerance.value;
