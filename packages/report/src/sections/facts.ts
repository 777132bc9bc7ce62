import { type Distribution, leaves, parameterCount } from "@flows/core";
import type { NatsAboveFloor } from "@flows/datasets";
import type { Fact } from "@flows/plot";
import { meanOf } from "@flows/tables";
import type { Subject } from "../section.js";

/** How many numbers were trained; of a model that is not trained, how many it holds. */
function numbersIn(flow: Distribution): Fact {
  const trained = parameterCount(flow);
  if (trained > 0) return { name: "Parameters", value: trained.toLocaleString("en") };
  return {
    name: "Numbers it holds",
    value: leaves(flow)
      .reduce((sum, { size }) => sum + size, 0)
      .toLocaleString("en"),
  };
}

/** The numbers that lead the page. */
export function factsOf({ model, logProb, floor, data }: Subject, gap: NatsAboveFloor | null): Fact[] {
  const { flow, about } = model;
  const { mean, error, outside } = meanOf(logProb);
  return [
    {
      name: "Mean log-density",
      value: `${mean.toFixed(3)} nats`,
      note: outside > 0 ? `${outside} rows outside the support` : `± ${error.toFixed(3)} standard error`,
    },
    ...(about && about.testNll !== null
      ? [
          {
            name: "Test NLL at the fit",
            value: `${about.testNll.toFixed(3)} nats`,
            note: `${about.rows.test.toLocaleString("en")} rows held back`,
          },
        ]
      : []),
    ...(gap && floor !== null
      ? [
          {
            name: "Nats above the floor",
            value: gap.mean.toFixed(3),
            note: `± ${gap.standardError.toFixed(3)}; floor ${floor.toFixed(3)}; worst point ${gap.worst[0]!.gap.toFixed(1)}`,
          },
        ]
      : []),
    numbersIn(flow),
    {
      name: "Rows",
      value: data.rows.shape[0].toLocaleString("en"),
      note: data.columns.length === 1 ? "1 column" : `${data.columns.length} columns`,
    },
    ...(about
      ? [
          {
            name: "Training",
            value: about.steps === 0 ? "without steps" : `${about.steps.toLocaleString("en")} steps`,
            note: `on ${about.backend}`,
          },
        ]
      : []),
  ];
}
