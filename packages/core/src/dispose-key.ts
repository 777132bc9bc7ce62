/** `Symbol.dispose` where the engine has it; older ones get the key that polyfills use. */
export const disposeKey: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for("Symbol.dispose") as never);
