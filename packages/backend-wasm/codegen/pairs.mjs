/** Elementwise kernels of two operands. */
const pairs = {
  add: "f32x4.add(a, b)",
  sub: "f32x4.sub(a, b)",
  mul: "f32x4.mul(a, b)",
  div: "f32x4.div(a, b)",
  maximum: "f32x4.max(a, b)",
  minimum: "f32x4.min(a, b)",
  squaredDifference: "squared(f32x4.sub(a, b))",
};

const header = `import { loadPart, storePart } from "./vector";
@inline function squared(v: v128): v128 { return f32x4.mul(v, v); }`;

const run = (name, a, b) => `
    for (; i + 4 <= columns; i += 4) v128.store(y + (<usize>i << 2), ${name}Of(${a("v128.load")}, ${b("v128.load")}));
    if (i < columns) storePart(y + (<usize>i << 2), ${name}Of(${a("part")}, ${b("part")}), columns - i);`;

const along = (operand) => (how) =>
  how === "part" ? `loadPart(${operand} + (<usize>i << 2), columns - i)` : `v128.load(${operand} + (<usize>i << 2))`;

/**
 * y [rows, columns] = f(a, b). `aStep` and `bStep` are the bytes from one row of an operand to its next: 0 where all rows share one.
 * `spread` bit 0 (a) and bit 1 (b): the operand has one number a row.
 */
const pair = (name, formula) => `
@inline function ${name}Of(a: v128, b: v128): v128 { return ${formula}; }
export function ${name}(rows: i32, columns: i32, a: usize, aStep: i32, b: usize, bStep: i32, spread: i32, y: usize): void {
  const yStep = <usize>columns << 2;
  for (let r = 0; r < rows; r++) {
    let i = 0;
    if (spread == 0) {${run(name, along("a"), along("b"))}
    } else if (spread == 1) {
      const s = v128.load32_splat(a);${run(name, () => "s", along("b"))}
    } else {
      const s = v128.load32_splat(b);${run(name, along("a"), () => "s")}
    }
    a += aStep;
    b += bStep;
    y += yStep;
  }
}`;

export const pairNames = Object.keys(pairs);

/** AssemblyScript source of all of them. */
export const pairSource = () => [header, ...Object.entries(pairs).map(([name, formula]) => pair(name, formula))].join("\n");
