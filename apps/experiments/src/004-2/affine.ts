import { linear } from "@flows/bijectors";
import { flow, normal, push, score } from "@flows/core";
import { normals } from "@flows/core/author";
import { figure, panel, points, rings, roles } from "@flows/plot";
import { farthest, plane } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";

const matrix = [[1.2, 0.4], [-0.5, 0.9]] as const; // biome-ignore format: a matrix
const bias = [1, -0.5] as const;
const [[a, b], [c, d]] = matrix;
/** A Aᵀ */
const covariance = [[a * a + b * b, a * c + b * d], [a * c + b * d, c * c + d * d]] as const; // biome-ignore format: a matrix

/** log N(x; b, A Aᵀ) in closed form. */
function gaussian(x: number, y: number): number {
  const [[xx, xy], [, yy]] = covariance;
  const det = xx * yy - xy * xy;
  const [u, v] = [x - bias[0], y - bias[1]];
  return -0.5 * ((yy * u * u - 2 * xy * u * v + xx * v * v) / det) - 0.5 * Math.log(det) - Math.log(2 * Math.PI);
}

/** A z + b is N(b, A Aᵀ): the change of variables against the closed form at 1,000 points. */
export async function affine(notebook: Notebook): Promise<void> {
  const model = flow({ base: normal({ features: 2 }), bijector: linear({ matrix, bias }) });
  const draws = normals(42, 0, 1000, 2);
  const base = plane(1000, (i) => [draws[2 * i]!, draws[2 * i + 1]!]);
  const { rows } = await push(linear({ matrix, bias }), base);
  const closed = Array.from({ length: 1000 }, (_, i) => gaussian(rows.data[2 * i]!, rows.data[2 * i + 1]!));
  const worst = farthest(await score(model, rows), closed);
  notebook.row({ id: "004.18", quantity: "greatest |log p − log N(b, AAᵀ)| at 1,000 points", document: "to rounding", ours: worst });
  for (const id of ["004.17", "004.18"]) notebook.show(id, { value: worst, atMost: 1e-12 });
  const cloud = (title: string, points_: typeof base, ellipse: Parameters<typeof rings>[0], name: string) =>
    panel({
      title,
      x: { label: `${name}₁` },
      y: { label: `${name}₂` },
      equal: true,
      marks: [points({ rows: points_, color: roles.model, opacity: 0.5 }), rings({ ...ellipse, color: roles.second })],
    });
  const svg = figure({
    columns: 2,
    panels: [
      cloud("z ~ N(0, I)", base, {}, "z"),
      cloud("x = Az + b ~ N(b, AAᵀ)", rows, { center: bias, covariance, label: "mean and covariance" }, "x"),
    ],
    caption: "1,000 points and the ellipses of one and two standard deviations, those of b and AAᵀ on the right (004.19).",
  });
  await notebook.figure("affine-pushforward", svg, ["004.19"]);
  model.dispose();
}
