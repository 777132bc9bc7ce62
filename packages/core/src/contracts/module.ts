export type Children = Readonly<Record<string, Module | readonly Module[]>>;

/** Data plus formulas. A module owns its children; `config` rebuilds it. */
export interface Module<Config = unknown> extends Disposable {
  /** "flows/affine", "acme/sinh-arcsinh" */
  readonly type: string;
  /** Frozen; finite JSON values and child modules. */
  readonly config: Config;
  readonly children: Children;
  dispose(): void;
}
