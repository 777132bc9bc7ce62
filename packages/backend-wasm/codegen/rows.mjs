import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const core = dirname(fileURLToPath(import.meta.resolve("@flows/core/package.json")));

/** The list of row ops that every engine has kernels for, from core's sources. */
async function rowOps() {
  const entryPoints = [join(core, "src/row-ops/index.ts")];
  const { outputFiles } = await build({ entryPoints, bundle: true, format: "esm", write: false });
  return (await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`)).rowOps;
}

/** "linearLU" lies in rows/linear-lu.ts, as linearLUForward and linearLUBackward. */
const fileOf = ({ op }) => op.replace(/(?<=[a-z])[A-Z]+/g, "-$&").toLowerCase();
const exported = (spec, way) => `export { ${spec.op}${way} } from "./rows/${fileOf(spec)}";`;
/** "leakyRelu" is LEAKY_RELU. */
const code = ([name, value]) => `export const ${name.replace(/[A-Z]/g, "_$&").toUpperCase()}: i32 = ${value};`;

/** AssemblyScript sources of the list: what an entry exports, and the codes that kernels are told. A barrier is for training only. */
export async function rowSources() {
  const specs = await rowOps();
  const scoring = specs.filter(({ barrier }) => !barrier).map((spec) => exported(spec, "Forward"));
  const training = specs.flatMap((spec) => [...(spec.barrier ? [exported(spec, "Forward")] : []), exported(spec, "Backward")]);
  const codes = specs.map((spec) => [`assembly/codes/${fileOf(spec)}.ts`, Object.entries(spec.codes).map(code).join("\n")]);
  return {
    "assembly/rows-scoring.ts": scoring.join("\n"),
    "assembly/rows-training.ts": training.join("\n"),
    ...Object.fromEntries(codes.filter(([, text]) => text !== "")),
  };
}
