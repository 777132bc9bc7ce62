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

/** What goes with an error: its cause, and what programs need of it as plain data. */
export interface FailOptions extends ErrorOptions {
  readonly details?: FlowsError["details"];
}

/**
 * The one error class of Flows. Its message says who, what was expected, what came and what to do: it is `where`, a colon and `text`.
 * No program needs to read the text: what it names is in `details`, such as { known } names, { missing } columns, a { path } and its { errno }.
 */
export class FlowsError extends Error {
  readonly [mark] = true;
  readonly code: ErrorCode;
  readonly where: string;
  /** The message without `where`. */
  readonly text: string;
  /** Frozen. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, where: string, text: string, options: FailOptions = {}) {
    super(`${where}: ${text}`, options);
    this.name = "FlowsError";
    this.code = code;
    this.where = where;
    this.text = text;
    if (options.details) this.details = Object.freeze({ ...options.details });
  }
}

/** Throws a FlowsError. */
export function fail(code: ErrorCode, where: string, text: string, options?: FailOptions): never {
  throw new FlowsError(code, where, text, options);
}

/** True for an error of ours, also one thrown by another copy of this package. */
export const isFlowsError = (error: unknown): error is FlowsError => typeof error === "object" && error !== null && mark in error;
