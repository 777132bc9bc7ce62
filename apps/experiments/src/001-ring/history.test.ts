import { accepts } from "@flows/acceptance";
import { expect, it } from "vitest";
import { logLine, printed } from "./history.js";

it("an epoch is logged as the document logs it", () => {
  const { epoch, loss, diversity } = printed[1];
  const at = (value: number): number[] => Array.from({ length: 300 }, (_, i) => (i === epoch - 1 ? value : 0));
  const line = logLine({ loss: at(loss), logProb: at(-loss), diversity: at(diversity) }, epoch);
  const wanted = "Epoch 050/300 | Loss: 2.800 | Log p(x): -2.800 | Div: 4.141";
  expect(line).toBe(wanted);
  accepts("001.60", { behaviour: line, passed: line === wanted });
});
