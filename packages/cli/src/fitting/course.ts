import type { Distribution } from "@flows/core";
import type { About } from "@flows/tables";
import type { Terminal } from "../terminal.js";
import type { Parts } from "./parts.js";
import type { FitRequest } from "./request.js";

/** What surrounds a fit. */
export interface FitAround {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly backend: string;
}

/** A fitted model and how its fit went. */
export interface Course extends Pick<About, "steps" | "stopped" | "bestStep" | "skipped" | "seconds" | "stepMs" | "notes" | "curve"> {
  /** The caller's to dispose. */
  readonly flow: Distribution;
  /** Numbers that were fitted. */
  readonly parameters: number;
}

/** Says what is about to be fitted, and to what. */
export function announce(name: string, { train, validation, test, data }: Parts, { out }: FitRequest, terminal: Terminal): void {
  const [rows, columns] = [[train, validation, test].map(({ shape }) => shape[0].toLocaleString("en")), data.columns.length];
  terminal.say(
    `Fitting ${name} to ${rows[0]} rows of ${columns === 1 ? "1 column" : `${columns} columns`}; ${rows[1]} rows validate, ${rows[2]} test.`,
  );
  if (out === undefined) terminal.say("The model will not be kept: there is no --out FILE.");
}
