import type { Distribution } from "@flows/core";
import type { Toy } from "@flows/datasets";
import { fitTable, numbered } from "@flows/tables";
import { aboveFloor, fitted } from "../lab/fitted.js";
import type { Notebook } from "../lab/notebook.js";
import type { SeedValue } from "../lab/record.js";
import { remember } from "../lab/remember.js";

/** A flow in a contest on n rows. */
interface Contestant {
  readonly toy: Toy;
  readonly make: () => Distribution;
  readonly rows: number;
  readonly seeds: number;
  /** Tells contestants on the same toy apart. */
  readonly name?: string;
}

/** Nats above the floor of a flow on standardised rows, a fifth of which choose its best step. */
export async function flowGaps(notebook: Notebook, { toy, make, rows, seeds, name = "flow" }: Contestant): Promise<SeedValue[]> {
  const found = [];
  for (const seed of notebook.seeds(seeds))
    found.push(
      await fitted(
        notebook,
        {
          key: `${toy.name}-${name}-${rows}`,
          label: `${name} on ${toy.name}`,
          make,
          toy,
          rows: 0.8 * rows,
          validation: 0.2 * rows,
          standardised: true,
          options: {
            steps: notebook.quick ? 200 : 2000,
            batch: 256,
            learningRate: 3e-3,
            schedule: { kind: "cosine" },
            clip: 5,
            logEvery: 20,
          },
        },
        seed,
      ),
    );
  return aboveFloor(found);
}

/** Nats above the floor of a KDE (cross-validated) or a GMM (by BIC) on all the rows, standardised. */
export async function baselineGap(notebook: Notebook, method: "kde" | "gmm", toy: Toy, rows: number, seed: number): Promise<SeedValue> {
  return remember(notebook, `${toy.name}-${method}-${rows}-${seed}`, { toy: [toy.name, toy.config], rows, seed, method }, async () => {
    const table = { columns: numbered(toy.features), rows: toy.sample(rows, seed), truth: { toy, units: undefined } };
    const model = await fitTable(table, { model: method, validation: 0, test: 0, seed });
    model.dispose();
    const { natsAboveFloor, natsAboveFloorStandardError } = model.about!;
    return { seed, value: natsAboveFloor!, standardError: natsAboveFloorStandardError! };
  });
}
