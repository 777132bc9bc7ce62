import { wasm } from "@flows/backend-wasm";
import type { Experiment } from "../lab/experiment.js";
import { aboveFloor, bySeed, type Fitted, fittedSeeds, restored } from "../lab/fitted.js";
import type { Notebook } from "../lab/notebook.js";
import { type Row, rounded } from "../lab/record.js";
import { facts } from "./facts.js";
import { fittingOf, type ModelName, type ToyName } from "./fittings.js";
import { pictures } from "./pictures.js";

interface Case {
  readonly id: string;
  readonly model: ModelName;
  readonly toy: ToyName;
  /** The document's best NLL, and the exact floor, both on standardised data. */
  readonly document: number;
  readonly floor: number;
  /** Nats above the floor that the mean of three seeds must reach. */
  readonly goal: number;
}

/** What the identity map scores on any standardised data of two columns. */
const identityNll = 1 + Math.log(2 * Math.PI);

const cases: readonly Case[] = [
  { id: "000.10", model: "realNvp", toy: "moons", document: 1.3375, floor: 1.3161, goal: 0.05 },
  { id: "000.11", model: "realNvp", toy: "circles", document: 2.0891, floor: 1.9006, goal: 0.24 },
  { id: "000.12", model: "planar", toy: "moons", document: 2.9236, floor: 1.3161, goal: 0.06 },
  { id: "000.13", model: "planar", toy: "circles", document: 2.8546, floor: 1.9006, goal: 0.3 },
];

export const realNvpAgainstPlanar: Experiment = {
  name: "000",
  title: "RealNVP against planar flows on moons and circles",
  backend: wasm,
  training: true,
  run: async (notebook) => {
    const found = new Map<string, { seeds: readonly Fitted[]; gap: Row }>();
    for (const one of cases) {
      const seeds = await fittedSeeds(notebook, fittingOf(one.model, one.toy, notebook.quick), 3);
      found.set(one.id, { seeds, gap: rows(notebook, one, seeds) });
    }
    const of = (id: string) => found.get(id)!;
    claims(notebook, of("000.10").gap.ours, of("000.11").gap.ours, of("000.12").gap.ours, of("000.13").gap.ours);
    protocol(notebook, of("000.10").seeds[0]!, of("000.12").seeds[0]!);
    const model = (id: string, name: ModelName) => restored(fittingOf(name, "moons", notebook.quick), of(id).seeds[0]!);
    const [real, planar] = [model("000.10", "realNvp"), model("000.12", "planar")];
    await facts(notebook, real, planar);
    for (const one of [real, planar]) one.dispose();
    await pictures(
      notebook,
      cases.map(({ id, model, toy }) => ({ model, toy, seed: of(id).seeds[0]! })),
    );
    notebook.note(
      "000.12, 000.13: the document's planar results are worse than the identity map, 2.8379 (D1): its gap comes from training, not from the family. Ours start as the identity with spread planes.",
    );
    notebook.note(
      "Ours: 4,000 training rows, best epoch on 1,000 validation rows drawn apart, NLL on 20,000 fresh rows, evaluation mode. The document states no held-out split.",
    );
  },
};

function rows(notebook: Notebook, { id, model, toy, document, floor, goal }: Case, seeds: readonly Fitted[]): Row {
  const name = `${model === "planar" ? "planar K = 32" : "RealNVP"}, ${toy}`;
  const nll = notebook.row({ id, quantity: `NLL, ${name}`, document, floor, ours: bySeed(seeds, (seed) => seed.nll) });
  const gap = notebook.row({
    id,
    quantity: `nats above the floor, ${name}`,
    document: rounded(document - floor),
    floor: 0,
    ours: aboveFloor(seeds),
  });
  notebook.show(id, { value: gap.ours, atMost: goal });
  if (model === "planar") notebook.show(id, { value: nll.ours, atMost: identityNll });
  return gap;
}

/** The document's comparisons, shown as its claims beside ours: nats have no percentages. */
function claims(notebook: Notebook, moons: number, circles: number, planarMoons: number, planarCircles: number): void {
  const nats = (value: number): string => value.toFixed(3);
  const [, , onMoons, onCircles] = cases.map(({ document, floor }) => document - floor);
  notebook.show("000.15", {
    behaviour: `document: 54% lower on moons; ours above the floor: RealNVP ${nats(moons)}, planar ${nats(planarMoons)} (D1)`,
    passed: Math.max(moons, planarMoons) < onMoons!,
  });
  notebook.show("000.16", {
    behaviour: `document: 27% lower on circles; ours: RealNVP ${nats(circles)}, planar ${nats(planarCircles)} (D1)`,
    passed: Math.max(circles, planarCircles) < onCircles!,
  });
  notebook.show("000.17", {
    behaviour: `circles are harder for RealNVP: ${nats(circles)} against ${nats(moons)}`,
    passed: circles > moons,
  });
  notebook.show("000.18", {
    behaviour: `document: planar alike on both, a ceiling; ours ${nats(planarMoons)} and ${nats(planarCircles)}: no ceiling at 2.9 (D1)`,
    passed: Math.max(planarMoons + cases[2]!.floor, planarCircles + cases[3]!.floor) < identityNll,
  });
  notebook.note(
    `000.15, 000.16: the document calls RealNVP 54% and 27% lower; above the floor ours are ${nats(moons)} and ${nats(circles)}, the planar flows' ${nats(planarMoons)} and ${nats(planarCircles)}.`,
  );
}

/** Sizes and training, as the document states them. */
function protocol(notebook: Notebook, real: Fitted, planar: Fitted): void {
  notebook.row({ id: "000.4", quantity: "parameters of RealNVP", document: 71_744, ours: real.parameters });
  notebook.row({ id: "000.5", quantity: "parameters of the planar flow", document: 160, ours: planar.parameters });
  notebook.row({ id: "000.34", quantity: "their ratio", document: 450, ours: real.parameters / planar.parameters });
  notebook.show("000.4", { value: real.parameters, expected: 71_744, tolerance: 0 });
  notebook.show("000.5", { value: planar.parameters, expected: 160, tolerance: 0 });
  notebook.show("000.34", { value: real.parameters / planar.parameters, expected: 448.4, tolerance: 0.05 });
  for (const id of ["000.6", "000.7", "000.8", "000.9"])
    notebook.show(id, {
      behaviour: "Adam from 1e-3 along a cosine to 1e-5, batch 256, gradient norm clipped at 5, 1,000 epochs",
      passed: !notebook.quick,
    });
  notebook.show("000.14", {
    behaviour: "four rows: model, data set, NLL, parameters, beside the document's",
    passed: cases.every(({ id, document }) => notebook.rows.some((row) => row.id === id && row.document === document)),
  });
  const { bestStep, validation } = real;
  const kept = validation.y[validation.x.indexOf(bestStep ?? -1)];
  notebook.show("000.19", {
    behaviour: `kept the weights of step ${bestStep}, the best on validation`,
    passed: kept === Math.min(...validation.y),
  });
}
