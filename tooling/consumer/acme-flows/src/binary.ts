import type { Binary } from "@flows/core/author";

/** The functions `<name>Forward` and `<name>Backward` of a compiled module, kept as text. */
export const binary = (text: string, name: string): Binary => ({
  get bytes() {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  },
  forward: `${name}Forward`,
  backward: `${name}Backward`,
});
