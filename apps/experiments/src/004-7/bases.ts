import { affineTransformer, alternatingMask, coupling, logit, mlp } from "@flows/bijectors";
import { type Bijector, chain, type Distribution, flow, normal, reseed, uniform } from "@flows/core";
import { densityHeatmap, figure } from "@flows/plot";
import { aboveFloor, fittedSeeds, restored } from "../lab/fitted.js";
import type { Notebook } from "../lab/notebook.js";
import type { Fitting } from "../lab/training.js";
import { logDensityOn } from "../lab/views.js";
import { onBlobs } from "./fitting.js";
import { mixture } from "./mixture.js";
import { view } from "./pictures.js";

const couple = (_: unknown, turn: number): Bijector =>
  coupling({
    mask: alternatingMask(2, turn),
    conditioner: mlp({ features: 1, hidden: [32, 32], outputs: 2, activation: "tanh" }),
    transformer: affineTransformer({}),
  });

/** §7's four couplings over a base, behind the maps that lead from it to the whole plane. */
function over(base: Distribution, before: readonly Bijector[] = []): Distribution {
  const model = flow({ base, bijector: chain([...before, ...Array.from({ length: 4 }, couple)]) });
  reseed(model, 0);
  return model as Distribution;
}

const kinds = [
  { key: "normal-base", label: "normal base", make: () => over(normal({ features: 2 })) },
  { key: "uniform-base", label: "uniform base on [0, 1]²", make: () => over(uniform({ features: 2 }), [logit()]) },
  { key: "mixture-base", label: "base of two learned normals", make: () => over(mixture({ components: 2 })) },
] as const;

/** The same couplings over a normal, a uniform and a learned mixture: a base of two pieces needs no bridge. */
export async function bases(notebook: Notebook): Promise<void> {
  const panels = [];
  const gaps: number[] = [];
  for (const kind of kinds) {
    const fitting: Fitting = { ...onBlobs(4, 32, notebook.quick), ...kind };
    const seeds = await fittedSeeds(notebook, fitting, 3);
    const quantity = `nats above the floor, ${kind.label}`;
    const { ours } = notebook.row({ id: "004.78", quantity, floor: 0, ours: aboveFloor(seeds) });
    gaps.push(ours);
    const model = restored(fitting, seeds[0]!);
    const title = `${kind.label}\n${ours.toFixed(3)} nats above the floor`;
    panels.push(densityHeatmap({ cells: view, logDensity: await logDensityOn(model, view), title }));
    model.dispose();
  }
  const caption = "Four couplings over three bases, each trained as in §7 (004.78).";
  await notebook.figure("bases", figure({ panels, caption }), ["004.78"]);
  notebook.show("004.78", { behaviour: "over a learned mixture the blobs need no bridge", passed: gaps[2]! < gaps[0]! });
}
