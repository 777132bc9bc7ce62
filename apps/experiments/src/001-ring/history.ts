import type { Fitted } from "../lab/fitted.js";

/** What the document writes down after every epoch: mean loss and log p(x) in nats, and the spread of samples. */
export interface FlowHistory {
  readonly loss: readonly number[];
  readonly logProb: readonly number[];
  readonly diversity: readonly number[];
}

/** The history of a fit that reported once an epoch. */
export const historyOf = ({ curve: { y: loss }, diversity }: Fitted): FlowHistory => ({
  loss,
  logProb: loss.map((value) => -value),
  diversity,
});

/** An epoch, counted from 1, as the document prints it. */
export function logLine({ loss, logProb, diversity }: FlowHistory, epoch: number): string {
  const [nll, log, spread] = [loss, logProb, diversity].map((values) => values[epoch - 1]!.toFixed(3));
  return `Epoch ${`${epoch}`.padStart(3, "0")}/${loss.length} | Loss: ${nll} | Log p(x): ${log} | Div: ${spread}`;
}

/** What the document prints: training loss and diversity. */
export const printed = [
  { epoch: 2, loss: 4.634, diversity: 15.833 },
  { epoch: 50, loss: 2.8, diversity: 4.141 },
  { epoch: 100, loss: 2.591, diversity: 4.106 },
  { epoch: 150, loss: 2.43, diversity: 4.275 },
  { epoch: 200, loss: 2.49, diversity: 4.298 },
  { epoch: 250, loss: 2.383, diversity: 4.308 },
  { epoch: 300, loss: 2.401, diversity: 4.274 },
] as const;
