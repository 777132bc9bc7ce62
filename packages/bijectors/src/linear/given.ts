import { type ParamSpec, tensorOf } from "@flows/core/author";

/** One named number of a map, as the definer takes it. */
interface Declared<N extends string> {
  readonly params: Readonly<Record<N, ParamSpec>>;
}

/** A number of the map: fixed where the config gives it, else trained from `spec`. Formulas find both under the same name. */
export function givenOrTrained<N extends string>(name: N, value: number | undefined, spec: ParamSpec): Declared<N> {
  const declared =
    value === undefined ? { params: { [name]: spec } } : { constants: { [name]: () => tensorOf(Float64Array.of(value), spec.shape) } };
  return declared as unknown as Declared<N>;
}
