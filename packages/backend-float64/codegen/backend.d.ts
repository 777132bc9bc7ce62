import type { BackendValues, DataType, KernelBackend, KernelConfig, KernelFunc, TensorInfo } from "@tensorflow/tfjs-core";

/** tfjs's CPU backend over Float64Array. */
export declare class MathBackendCPU extends KernelBackend {
  firstUse: boolean;
  makeTensorInfo(shape: number[], dtype: DataType, values: BackendValues | Float64Array): TensorInfo;
  write(values: BackendValues, shape: number[], dtype: DataType): object;
  move(dataId: object, values: BackendValues, shape: number[], dtype: DataType, refCount: number): void;
}

/** Its kernels, under tfjs's name "cpu". */
export declare const kernels: readonly KernelConfig[];

/** A kernel of a function of one number. */
export declare function unaryKernelFunc(name: string, op: (x: number) => number): KernelFunc;
