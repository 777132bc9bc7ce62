import type { Tensor } from "@tensorflow/tfjs-core";
import type { Arena } from "./arena.js";

/** A backend whose float32 tensors lie in one block of memory. Take every tensor before any view of the memory: allocating may move it. */
export interface Device {
  readonly arena: Arena;
  /** The address of a tensor, in bytes. */
  pointer(tensor: Tensor): number;
  /** A new tensor, not initialised. */
  empty(shape: readonly number[]): Tensor;
  zeros(shape: readonly number[]): Tensor;
  /** A copy that nobody else holds. */
  copyOf(tensor: Tensor): Tensor;
  /** A tensor that shares the numbers of another from `offset` on. */
  view(tensor: Tensor, offset: number, shape: readonly number[]): Tensor;
}
