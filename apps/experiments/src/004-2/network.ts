import { mlp } from "@flows/bijectors";
import { leaves } from "@flows/core";
import { rowsTensor } from "@flows/core/author";
import { farthest } from "../lab/maps.js";
import type { Notebook } from "../lab/notebook.js";

/** A free ReLU network is no bijection: with all its units off, different points have one image. Its determinant costs d³. */
export async function freeNetwork(notebook: Notebook): Promise<void> {
  const network = mlp({ features: 2, hidden: [16], outputs: 2, last: "random" });
  for (const leaf of leaves(network)) if (leaf.path === "w0") leaf.write((await leaf.read()).map(Math.abs));
  const x = rowsTensor({ data: Float64Array.of(-20, -30, -35, -21), shape: [2, 2] });
  const y = network.apply(x);
  const images = await y.data();
  for (const tensor of [x, y]) tensor.dispose();
  notebook.show("004.20", { value: farthest(images.subarray(0, 2), images.subarray(2)), atMost: 0 });
  const d = 784;
  notebook.row({
    id: "004.20",
    quantity: "multiplications of a determinant by LU at d = 784 (d³/3)",
    document: "billions",
    ours: Math.round(d ** 3 / 3),
  });
  notebook.row({ id: "004.21", quantity: "multiplications of a triangular one at d = 784", document: "d", ours: d });
  network.dispose();
}
