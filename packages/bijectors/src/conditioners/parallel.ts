import { type Conditioner, defineConditioner, fail } from "@flows/core";
import { concatColumns } from "../row-ops/concat-columns.js";

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
  return {
    features,
    outputs: parts.reduce((sum, part) => sum + part.outputs, 0),
    children: { parts },
    apply: (x, _p, call) =>
      concatColumns(
        parts.map((part) => part.apply(x, call)),
        [],
        {},
      )[0],
    lower: (program, x) =>
      concatColumns.emit(
        program,
        parts.map((part) => part.lower(program, x)),
        [],
        {},
      ),
  };
});
