import type { Conditioner } from "@flows/core";
import { defineConditioner, fail } from "@flows/core/author";
import { sideBySide } from "../row-ops/cells.js";
import { move } from "../row-ops/move.js";

/**
 * Networks side by side on the same rows, their outputs joined: separate networks for shift and scale.
 *
 * @example
 * parallel([mlp({ features: 1, hidden: [64], outputs: 1 }), mlp({ features: 1, hidden: [64], outputs: 1 })])
 */
export const parallel = defineConditioner("flows/parallel", (parts: readonly Conditioner[]) => {
  const features = parts[0]?.features ?? fail("config", "flows/parallel", "expected at least one network, got none.");
  const other = parts.find((part) => part.features !== features);
  if (other) fail("config", "flows/parallel", `its networks must read the same ${features} features, got one of ${other.features}.`);
  const joined = sideBySide(parts.map(({ outputs }) => outputs));
  return {
    features,
    outputs: parts.reduce((sum, part) => sum + part.outputs, 0),
    children: { parts },
    handsOnContext: true,
    apply: (x, _p, call) =>
      move(
        parts.map((part) => part.apply(x, call)),
        [],
        joined,
      )[0],
    lower: (program, x) =>
      move.emit(
        program,
        parts.map((part) => part.lower(program, x)),
        [],
        joined,
      )[0],
  };
});
