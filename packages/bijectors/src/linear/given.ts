import type { Tensor } from "@flows/core";
import { type ParamSpec, tensorOf } from "@flows/core/author";

/** One named number of a map and constants beside it, as the definer takes them. */
interface Declared<N extends string, K extends string> {
  readonly params: Readonly<Record<N, ParamSpec>>;
  readonly constants: Readonly<Record<K, () => Tensor>>;
}

/** A number of the map: fixed where the config gives it, else trained from `spec`. Formulas find both under the same name. */
export function givenOrTrained<N extends string, K extends string = never>(
  name: N,
  value: number | undefined,
  spec: ParamSpec,
  others: Readonly<Record<K, () => Tensor>> = {} as Readonly<Record<K, () => Tensor>>,
): Declared<N, K> {
  const declared =
    value === undefined
      ? { params: { [name]: spec }, constants: others }
      : { params: {}, constants: { ...others, [name]: () => tensorOf(Float64Array.of(value), spec.shape) } };
  return declared as unknown as Declared<N, K>;
}
