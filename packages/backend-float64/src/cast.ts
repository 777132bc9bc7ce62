import type { DataType, KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";
import type { MathBackendCPU } from "./generated/backend.js";

/** tfjs's Cast lets a float32 tensor share the array of the whole numbers it came from; here it gets numbers of its own. */
export const castToFloats =
  (cast: KernelFunc): KernelFunc =>
  (call) => {
    const [x, cpu] = [call.inputs.x as TensorInfo, call.backend as MathBackendCPU];
    const widens = (call.attrs?.dtype as DataType) === "float32" && (x.dtype === "int32" || x.dtype === "bool");
    if (!widens) return cast(call);
    return cpu.makeTensorInfo(x.shape, "float32", Float64Array.from(cpu.readSync(x.dataId) as Int32Array));
  };
