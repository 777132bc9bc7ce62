import { TensorBuffer as CoreBuffer, backend_util as coreBackend, util as coreUtil } from "@tensorflow/tfjs-core";
import * as complex from "@tensorflow/tfjs-core/dist/backends/complex_util.js";
import * as base from "@tensorflow/tfjs-core/dist/util_base.js";

/** What the CPU backend takes from tfjs-core, where tfjs-core would make float32 arrays or fill the process's registries. */
export const kernels = [];
export const registerKernel = (config) => void kernels.push(config);
export const registerBackend = () => undefined;

export class TensorBuffer extends CoreBuffer {
  constructor(shape, dtype, values) {
    super(shape, dtype, values ?? base.getArrayFromDType(dtype, base.sizeFromShape(shape)));
  }
}
export const buffer = (shape, dtype = "float32", values) => new TensorBuffer([...shape], dtype, values);

const kinds = { float32: Float64Array, complex64: Float64Array, int32: Int32Array };

function toTypedArray(values, dtype = "float32") {
  const flat = Array.isArray(values) ? values.flat(Infinity) : values;
  if (dtype === "bool") return flat instanceof Uint8Array ? flat : Uint8Array.from(flat, (value) => (Math.round(value) === 0 ? 0 : 1));
  const Kind = kinds[dtype];
  return flat instanceof Kind ? flat : new Kind(flat);
}

const createScalarValue = (value, dtype) => (dtype === "string" ? coreUtil.encodeString(value) : toTypedArray([value], dtype));

export const util = { ...coreUtil, ...base, createScalarValue, toTypedArray };
export const backend_util = { ...coreBackend, ...complex };
