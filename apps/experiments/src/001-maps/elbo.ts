import { linear } from "@flows/bijectors";
import { flow, normal, score } from "@flows/core";
import { column } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";
import { expectation, normalRule } from "../lab/quadrature.js";

/** A VAE that can be solved: z ~ N(0, 1), x given z ~ N(1.5 z, 0.5²). */
const [slope, noise] = [1.5, 0.5];
const variance = slope ** 2 + noise ** 2;
const logNormal = (x: number, mean: number, sd: number): number =>
  -0.5 * ((x - mean) / sd) ** 2 - Math.log(sd) - 0.5 * Math.log(2 * Math.PI);

/** An encoder's answer for one x: q(z given x) = N(mean, sd²). */
interface Encoded {
  readonly mean: number;
  readonly sd: number;
}

const posterior = (x: number): Encoded => ({ mean: (slope * x) / variance, sd: noise / Math.sqrt(variance) });
const rule = normalRule();

/** E log p(x given z) - KL(q, prior), by quadrature. */
function elbo(x: number, { mean, sd }: Encoded): number {
  const terms = Float64Array.from(rule.rows.data, (e) => {
    const z = mean + sd * e;
    return logNormal(x, slope * z, noise) + logNormal(z, 0, 1) - logNormal(z, mean, sd);
  });
  return expectation(rule, terms);
}

/** KL(q, p) of two normals. */
const divergence = (q: Encoded, p: Encoded): number => Math.log(p.sd / q.sd) + (q.sd ** 2 + (q.mean - p.mean) ** 2) / (2 * p.sd ** 2) - 0.5;

/** A VAE bounds log p(x) from below, by what its encoder misses; a flow of the same density gives the number itself. */
export async function vaeAndFlow(notebook: Notebook): Promise<void> {
  const places = [-2, -0.3, 0, 1, 2.5];
  const model = flow({ base: normal({ features: 1 }), bijector: linear({ matrix: [[Math.sqrt(variance)]] }) });
  const exact = await score(model, column(places));
  model.dispose();
  for (const [i, x] of places.entries()) {
    const best = posterior(x);
    const narrow = { ...best, sd: best.sd / 2 };
    notebook.show("001.6", { value: exact[i]!, expected: logNormal(x, 0, Math.sqrt(variance)), tolerance: 1e-12 });
    notebook.show("001.6", { value: elbo(x, best), expected: exact[i]!, tolerance: 1e-10 });
    notebook.show("001.6", { value: exact[i]! - elbo(x, narrow), expected: divergence(narrow, best), tolerance: 1e-10 });
  }
  const at = (encoded: (x: number) => Encoded): number => elbo(1, encoded(1));
  const narrow = at((x) => ({ ...posterior(x), sd: posterior(x).sd / 2 }));
  notebook.row({ id: "001.6", quantity: "log p(1) by a flow", document: "exact", ours: exact[3]! });
  notebook.row({ id: "001.6", quantity: "ELBO at 1, the encoder exact", document: "a lower bound", ours: at(posterior) });
  notebook.row({ id: "001.6", quantity: "ELBO at 1, half the encoder's deviation", document: "a lower bound", ours: narrow });
  notebook.note(
    "001.6: a VAE pays for a free choice of networks and of latent dimension with a bound that only an exact encoder closes; a flow pays for the exact number with maps that are invertible, so noise and data have equal dimensions.",
  );
}
