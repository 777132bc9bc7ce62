import { realNvp } from "@flows/bijectors";
import type { Notebook } from "../lab/notebook.js";
import { mean, type SeedValue } from "../lab/record.js";
import { baselineGap, flowGaps } from "./contest.js";
import { blobsIn } from "./toys.js";

const rows = 2000;

/** KDE against a flow on two blobs in d = 2, 5 and 20: who should be taken where. */
export async function dimensions(notebook: Notebook): Promise<void> {
  const found: { readonly d: number; readonly kde: number; readonly flow: number }[] = [];
  for (const d of [2, 5, 20]) {
    const toy = blobsIn(d);
    const make = () => realNvp({ features: d, layers: 6, hidden: [32, 32], activation: "tanh" });
    const ours = { flow: await flowGaps(notebook, { toy, make, rows, seeds: 2 }), kde: [] as SeedValue[] };
    for (const seed of notebook.seeds(2)) ours.kde.push(await baselineGap(notebook, "kde", toy, rows, seed));
    for (const method of ["kde", "flow"] as const)
      notebook.row({ id: "004.112", quantity: `nats above the floor, ${method}, d = ${d}, n = ${rows}`, floor: 0, ours: ours[method] });
    const level = (values: readonly SeedValue[]): number => mean(values.map(({ value }) => value));
    found.push({ d, kde: level(ours.kde), flow: level(ours.flow) });
  }
  const words = found.map(({ d, kde, flow }) => `d = ${d}: KDE ${kde.toFixed(3)}, flow ${flow.toFixed(3)}`).join("; ");
  const [plane, , high] = found;
  notebook.show("004.112", {
    behaviour: `nats above the floor on ${rows} rows: ${words}`,
    passed: plane!.kde < plane!.flow && high!.flow < high!.kde,
  });
}
