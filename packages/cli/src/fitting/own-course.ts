import type { OwnFit } from "@flows/tables";
import type { Course, FitAround } from "./course.js";
import { announce } from "./course.js";
import type { Parts } from "./parts.js";
import type { FitRequest } from "./request.js";

/** Fits a model that takes no steps to the training rows in its own units, and says what it chose. */
export async function ownCourse(
  name: string,
  fit: OwnFit,
  parts: Parts,
  request: FitRequest,
  { terminal, signal }: FitAround,
): Promise<Course> {
  announce(name, parts, request, terminal);
  const from = performance.now();
  const fitted = await fit(parts.standard.apply(parts.train), { seed: request.seed, signal });
  const seconds = (performance.now() - from) / 1000;
  for (const note of fitted.notes) terminal.say(note);
  const curve = { at: [], train: [], validation: [], learningRates: [] };
  return { ...fitted, seconds, steps: 0, stopped: "fitted", bestStep: null, skipped: 0, stepMs: { min: 0, median: 0 }, curve };
}
