/** What kind of thing went wrong; programs branch on it, people read the message. */
export type ErrorCode =
  | "config"
  | "shape"
  | "context"
  | "domain"
  | "nonfinite"
  | "inverse"
  | "gradient"
  | "backend"
  | "registry"
  | "file"
  | "data"
  | "disposed"
  | "aborted";

const mark: unique symbol = Symbol.for("flows.error") as never;

/** The one error class of Flows. Its message says who, what was expected, what came and what to do. */
export class FlowsError extends Error {
  readonly [mark] = true;
  readonly code: ErrorCode;
  readonly where: string;

  constructor(code: ErrorCode, where: string, text: string, options?: ErrorOptions) {
    super(`${where}: ${text}`, options);
    this.name = "FlowsError";
    this.code = code;
    this.where = where;
  }
}

/** Throws a FlowsError. */
export function fail(code: ErrorCode, where: string, text: string, options?: ErrorOptions): never {
  throw new FlowsError(code, where, text, options);
}

/** True for an error of ours, also one thrown by another copy of this package. */
export const isFlowsError = (error: unknown): error is FlowsError => typeof error === "object" && error !== null && mark in error;
