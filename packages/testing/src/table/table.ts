import type { Bijector, Conditioner, Distribution, Transformer } from "@flows/core";
import type { BijectorOptions, ConditionerOptions, DistributionOptions, TransformerOptions } from "../index.js";

/** A maker and what its laws are told. */
type Entry<M, O> = { readonly make: () => M } & O;
export type BijectorTable = Readonly<Record<string, Entry<Bijector, BijectorOptions>>>;
export type TransformerTable = Readonly<Record<string, Entry<Transformer, TransformerOptions>>>;
export type ConditionerTable = Readonly<Record<string, Entry<Conditioner, ConditionerOptions>>>;
export type DistributionTable = Readonly<Record<string, Entry<Distribution, DistributionOptions>>>;
