import type { Distribution } from "../contracts/index.js";
import { fail } from "../errors.js";
import { adam } from "../optim/adam.js";
import { thawed } from "../optim/trainable.js";
import { averager } from "./averaging.js";
import type { Feed } from "./batches.js";
import type { Plan } from "./options.js";
import type { Run } from "./run.js";
import { checkSchedule } from "./schedule.js";

/** The most evaluations that a fit makes unless it is told otherwise. */
const mostEvaluations = 200;

/** Takes the memory that a fit needs: Adam's moments, an average. Everything is checked before anything is taken. */
export function prepared(flow: Distribution, plan: Plan, feed: Feed): Run {
  const total = plan.steps ?? (feed.perEpoch && plan.epochs && feed.perEpoch * plan.epochs);
  checkSchedule(plan.schedule, total);
  if (plan.averaging?.kind === "tail" && total === undefined)
    fail("config", "fit", "a tail average over a source of batches must know its end. Give steps, not epochs.");
  if (plan.patience !== undefined && !feed.held) fail("config", "fit", "patience needs validation rows. Pass validation: 0.1.");
  const { trained, frozen } = thawed(flow, plan.freeze);
  const optimizer = adam(trained, plan);
  return {
    flow,
    plan,
    feed,
    optimizer,
    frozen,
    total,
    averager: plan.averaging && averager(optimizer.packed, plan.averaging, total ?? 0),
    evaluateEvery: plan.evaluateEvery ?? cadence(feed.perEpoch, total),
    started: performance.now(),
    times: [],
    best: undefined,
    fault: undefined,
    at: {
      step: 0,
      epoch: 0,
      inEpoch: 0,
      stale: 0,
      skipped: 0,
      earlier: 0,
      evaluatedAt: [],
      trainNll: [],
      validationNll: [],
      learningRates: [],
    },
  };
}

/** Whole epochs, but no more than 200 evaluations. */
function cadence(perEpoch = 1, total = 100 * mostEvaluations): number {
  const least = Math.ceil(total / mostEvaluations);
  return perEpoch * Math.ceil(least / perEpoch);
}
