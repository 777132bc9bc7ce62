import { linear } from "@flows/bijectors";
import { type Bijector, flow, normal, push, score } from "@flows/core";
import { bimodal } from "@flows/datasets";
import { band, figure, line, panel, roles } from "@flows/plot";
import { column } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";

const toy = bimodal();
const [low, step, count] = [-12, 0.005, 4800];
const places = Float64Array.from({ length: count }, (_, i) => low + (i + 0.5) * step);
const logP = toy.logDensity!(column(places));
const integral = (value: (i: number) => number): number => places.reduce((sum, _, i) => sum + step * value(i), 0);

/** The flow x = sd z + mean of a standard normal. */
interface Model {
  readonly mean: number;
  readonly sd: number;
}
const flowOf = ({ mean, sd }: Model) => flow({ base: normal({ features: 1 }), bijector: linear({ matrix: [[sd]], bias: [mean] }) });
const logNormal = ({ mean, sd }: Model): Float64Array =>
  places.map((x) => -0.5 * ((x - mean) / sd) ** 2 - Math.log(sd) - 0.5 * Math.log(2 * Math.PI));

/** KL(p, q), eq. 7.4: dear where p has mass and q has none. */
const forward = (logQ: ArrayLike<number>): number => integral((i) => Math.exp(logP[i]!) * (logP[i]! - logQ[i]!));
/** KL(q, p): dear where q has mass and p has none. */
const reverse = (logQ: ArrayLike<number>): number => integral((i) => Math.exp(logQ[i]!) * (logQ[i]! - logP[i]!));

const models: readonly Model[] = [0, 0.5, 1, 1.5, 2].flatMap((mean) => [0.5, 1, 2, Math.sqrt(4.25), 3].map((sd) => ({ mean, sd })));
const least = (divergence: (logQ: ArrayLike<number>) => number): Model =>
  models.reduce((best, one) => (divergence(logNormal(one)) < divergence(logNormal(best)) ? one : best));

/** Maximum likelihood is the forward KL less the entropy, and the same KL in noise; it covers all modes, the reverse KL picks one. */
export async function divergences(notebook: Notebook): Promise<void> {
  // Narrower ones do not reach all the data from the places of the grid.
  for (const model of models.filter(({ sd }) => sd >= 1)) await likelihoodIsDivergence(notebook, model);
  const [covering, seeking] = [least(forward), least(reverse)];
  const text = ({ mean, sd }: Model): string => `N(${mean}, ${sd.toFixed(2)}²)`;
  notebook.row({
    id: "004.69",
    quantity: `forward KL of ${text(covering)}, its best`,
    document: "covers",
    ours: forward(logNormal(covering)),
  });
  notebook.row({ id: "004.69", quantity: `forward KL of ${text(seeking)}`, document: "a mode missed", ours: forward(logNormal(seeking)) });
  notebook.row({ id: "004.69", quantity: `reverse KL of ${text(seeking)}, its best`, document: null, ours: reverse(logNormal(seeking)) });
  notebook.row({ id: "004.69", quantity: `reverse KL of ${text(covering)}`, document: null, ours: reverse(logNormal(covering)) });
  const apart = covering.mean === 0 && covering.sd === Math.sqrt(4.25) && seeking.mean === 2 && seeking.sd === 0.5;
  notebook.show("004.69", { behaviour: `forward KL chooses ${text(covering)}, reverse KL ${text(seeking)}`, passed: apart });
  notebook.note(
    "004.69: no ELBO is needed because log p(x) is exact: every x has one z, and nothing is integrated out. 001.6 shows the bound that a VAE needs.",
  );
  await notebook.figure("divergences", picture(covering, seeking), ["004.69"]);
}

/** NLL = KL(p, q) + H(p) whatever the model, so both have one best model; and KL(p, q) = KL(p sent to noise, base), eq. 7.5. */
async function likelihoodIsDivergence(notebook: Notebook, model: Model): Promise<void> {
  const made = flowOf(model);
  const logQ = await score(made, column(places));
  const nll = -integral((i) => Math.exp(logP[i]!) * logQ[i]!);
  notebook.show("003.4", { value: nll - forward(logQ), expected: toy.entropy!, tolerance: 1e-6 });
  const { rows: x, logDet } = await push(made.children.bijector as Bijector, column(places));
  const logPulled = toy.logDensity!(x).map((value, i) => value + logDet[i]!);
  const base = logNormal({ mean: 0, sd: 1 });
  const inNoise = integral((i) => Math.exp(logPulled[i]!) * (logPulled[i]! - base[i]!));
  notebook.show("004.69", { value: inNoise, expected: forward(logQ), tolerance: 1e-8 });
  made.dispose();
}

function picture(covering: Model, seeking: Model): string {
  const shown = (logs: ArrayLike<number>): Float64Array => Float64Array.from(logs, Math.exp);
  const curve = (model: Model, label: string, color: string) => line({ x: places, y: shown(logNormal(model)), label, color });
  return figure({
    columns: 1,
    width: 720,
    height: 400,
    panels: [
      panel({
        title: "The normal that each divergence chooses",
        x: { label: "x", domain: [-6, 6] },
        y: { label: "density" },
        marks: [
          band({ x: places, low: 0, high: shown(logP), label: "the data's density" }),
          curve(covering, "least KL(p, q): maximum likelihood", roles.second),
          curve(seeking, "least KL(q, p)", roles.third),
        ],
      }),
    ],
    caption: "Maximum likelihood must give density wherever there are data, and so covers both modes (004.69).",
  });
}
