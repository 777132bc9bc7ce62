import { normals, tensorOf } from "@flows/core/author";
import { matMul, type Tensor } from "@tensorflow/tfjs-core";
import { blockOf } from "../block-of.js";
import { type Open, type Told, workload } from "../workload.js";

interface ProductSpec {
  /** Products in one call, so that calling weighs little. */
  readonly count: number;
  /** [rows, inner, columns] of a product. */
  readonly shape: readonly [number, number, number];
}

const spec: ProductSpec = { count: 16, shape: [256, 64, 64] };
const flops = ({ count, shape: [rows, inner, columns] }: ProductSpec): number => 2 * count * rows * inner * columns;

const drawn = (shape: readonly number[]): Tensor => {
  const size = shape.reduce((product, n) => product * n, 1);
  return tensorOf(normals(size, 0, size, 1), shape);
};

/** A stack of products with one right side, in one call of tfjs's matMul. */
const openProducts: Open<ProductSpec> = async ({ spec: { count, shape } }: Told<ProductSpec>) => {
  const [rows, inner, columns] = shape;
  const [a, b] = [drawn([count, rows, inner]), drawn([1, inner, columns])];
  const run = async (calls: number): Promise<void> => {
    let product: Tensor | undefined;
    for (let i = 0; i < calls; i++) {
      product?.dispose();
      product = matMul(a, b);
    }
    await product?.data();
    product?.dispose();
  };
  return { block: blockOf(run) };
};

/** The rate of matrix products, which every other time is held against. */
export const w6 = workload<ProductSpec>({
  name: "w6",
  title: "Matrix products 256x64x64, 16 in a call",
  doors: { matMul: { "matrix-product": openProducts } },
  tasks: [
    {
      name: "w6",
      title: "products 256x64x64",
      kind: "matrix-product",
      door: "matMul",
      unit: "16 products",
      flops: flops(spec),
      spec,
      inputs: {},
      goals: [],
    },
  ],
});
