import { draw } from "@flows/core";
import { figure, line, panel, roles, rule, sampleOverlay, theme } from "@flows/plot";
import { type Fitted, restored } from "../lab/fitted.js";
import type { Notebook } from "../lab/notebook.js";
import type { Fitting } from "../lab/training.js";
import { batchesAnEpoch, bounds, moons, printed } from "./fittings.js";

/** Samples of the three families over the data, and NICE's losses against the bound. */
export async function pictures(notebook: Notebook, fitted: readonly (readonly [Fitting, Fitted])[]): Promise<void> {
  const real = moons.sample(1000, 0);
  const overlays = [];
  for (const [fitting, seed] of fitted) {
    const model = restored(fitting, seed);
    const generated = await draw(model, 1000, { seed: 1 });
    overlays.push(sampleOverlay({ real, generated, title: `${fitting.label}\nNLL ${seed.nll.toFixed(3)}` }));
    model.dispose();
  }
  const caption =
    "1,000 generated points over the first 1,000 real ones. Additive couplings keep volume, so NICE alone cannot be as thin as the moons (003.24).";
  await notebook.figure("samples", figure({ title: "Generated and real", panels: overlays, caption }), ["003.24", "003.17"]);
  await notebook.figure("losses", lossFigure(fitted[0]![1]), ["003.23"]);
}

function lossFigure({ curve }: Fitted): string {
  const x = Array.from(curve.x, (step) => step / batchesAnEpoch);
  return figure({
    columns: 1,
    width: 620,
    height: 400,
    panels: [
      panel({
        title: "NICE, training loss by epoch",
        x: { label: "epoch" },
        y: { label: "NLL (nats)" },
        marks: [
          line({
            x: x.slice(0, printed.length),
            y: printed.slice(0, x.length),
            label: "the notes",
            color: roles.real,
            dash: "5 4",
            dots: true,
          }),
          line({ x, y: curve.y, label: "ours", dots: true }),
          rule({ y: bounds.unscaled, label: "bound of the family 1.9194", color: theme.colors.ink }),
        ],
      }),
    ],
    caption: "The plateau is the bound of volume-preserving flows, which no training can pass (003.23).",
  });
}
