import type { Arena } from "@flows/programs";
import type { backend_util, DataType, TensorInfo } from "@tensorflow/tfjs-core";

type Values = backend_util.BackendValues;

/** A stretch of another tensor's block. */
export interface Lent {
  readonly from: Stored;
  /** Numbers from its start. */
  readonly offset: number;
  readonly length: number;
}
const isLent = (content: Values | number | Lent | null): content is Lent =>
  typeof content === "object" && content !== null && "from" in content;

/**
 * A tensor's numbers: an array of the host until a wasm kernel wants them, from then on (or from birth) a block of the arena.
 * Only float32 tensors get a block; CPU kernels read both through `values`.
 */
export class Stored {
  refCount: number;
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo };
  readonly dtype: DataType;
  readonly #arena: Arena;
  readonly #length: number;
  #host: Values | undefined;
  #pointer = 0;
  #view: Float32Array | undefined;
  /** Whose block this is a part of. */
  readonly lender: Stored | undefined;
  /** Tensors that use this block: its own, and those it is lent to. */
  #users = 1;

  constructor(arena: Arena, dtype: DataType, refCount: number, content: Values | number | Lent) {
    this.#arena = arena;
    this.dtype = dtype;
    this.refCount = refCount;
    if (isLent(content)) {
      this.lender = content.from.lender ?? content.from;
      this.lender.#users += 1;
      this.#length = content.length;
      this.#pointer = content.from.pointer + 4 * content.offset;
    } else if (typeof content === "number") {
      this.#length = content;
      this.#pointer = arena.allocate(content * 4);
    } else {
      this.#length = content?.length ?? 0;
      this.#host = content;
    }
  }

  /** The address, after moving the numbers into the arena where they are not there yet. */
  get pointer(): number {
    if (this.#pointer === 0) {
      this.#pointer = this.#arena.allocate(this.#length * 4);
      const host = this.#host as Float32Array;
      this.#host = undefined;
      (this.values as Float32Array).set(host);
    }
    return this.#pointer;
  }

  /** True where nobody else uses these numbers. */
  get isSole(): boolean {
    return this.refCount === 1 && this.#users === 1 && !this.lender;
  }

  /** A live view: made anew after the memory grew, because growth detaches a memory that is not shared. */
  get values(): Values {
    if (this.#pointer === 0) return this.#host as Values;
    const { buffer } = this.#arena.memory;
    if (this.#view?.buffer !== buffer) this.#view = new Float32Array(buffer, this.#pointer, this.#length);
    return this.#view as Float32Array;
  }

  /** The block goes back once nobody uses it any more. */
  release(): void {
    this.#host = undefined;
    this.#users -= 1;
    if (this.#users > 0) return;
    if (this.lender) this.lender.release();
    else if (this.#pointer !== 0) this.#arena.release(this.#pointer, this.#length * 4);
    this.#pointer = 0;
  }
}
