import { fail } from "@flows/core/author";
import type { Toy } from "./toy.js";
import { banana } from "./toys/banana.js";
import { checkerboard } from "./toys/checkerboard.js";
import { circles } from "./toys/circles.js";
import { pinwheel } from "./toys/pinwheel.js";
import { ring } from "./toys/ring.js";
import { bimodal, twoBlobs } from "./toys/two-modes.js";
import { twoMoons } from "./toys/two-moons.js";

/** A data set by its text, as in `toy:two-moons?n=4000&noise=0.06&standardize=true`. */
export interface ToySpec {
  readonly toy: Toy;
  /** How many rows; default 4,000. */
  readonly n: number;
  /** Whether rows are to be standardised by their own moments; default false. */
  readonly standardize: boolean;
}

const prefix = "toy:";
const factories = { "two-moons": twoMoons, circles, ring, "two-blobs": twoBlobs, bimodal, banana, checkerboard, pinwheel } as const;

/** The toys that `parseToy` knows, by name. */
export const toyNames = Object.keys(factories) as readonly (keyof typeof factories)[];

/** Whether a text names a toy at all, rather than a file. */
export const isToySpec = (text: string): boolean => text.startsWith(prefix);

/** Reads a toy's text, or says what is known. Toys: two-moons, circles, ring, two-blobs, bimodal, banana, checkerboard, pinwheel. */
export function parseToy(text: string): ToySpec {
  const [name = "", query = ""] = split(text.slice(isToySpec(text) ? prefix.length : 0), "?");
  if (!(toyNames as readonly string[]).includes(name)) fail("config", text, `there is no toy "${name}". Known are ${toyNames.join(", ")}.`);
  const factory = factories[name as keyof typeof factories] as (config: Record<string, number>) => Toy;
  const options = parseOptions(text, query, ["n", "standardize", ...Object.keys(factory({}).config)]);
  const { n, standardize, ...config } = options;
  return {
    n: n === undefined ? 4000 : count(text, n),
    standardize: standardize === undefined ? false : flag(text, standardize),
    toy: factory(Object.fromEntries(Object.entries(config).map(([key, value]) => [key, number(text, key, value)]))),
  };
}

function split(text: string, mark: string): [before: string, after: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function parseOptions(text: string, query: string, known: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {};
  for (const [key, value] of query === "" ? [] : query.split("&").map((pair) => split(pair, "="))) {
    if (!known.includes(key)) fail("config", text, `there is no option "${key}". Known are ${known.join(", ")}.`);
    if (Object.hasOwn(options, key)) fail("config", text, `option ${key} is given twice.`);
    options[key] = value;
  }
  return options;
}

function number(text: string, key: string, value: string): number {
  const parsed = value.trim() === "" ? Number.NaN : Number(value);
  return Number.isFinite(parsed) ? parsed : fail("config", text, `${key} must be a number, got "${value}".`);
}

function count(text: string, value: string): number {
  const n = number(text, "n", value);
  if (Number.isInteger(n) && n >= 1 && n <= 1e8) return n;
  return fail("config", text, `n must be a whole number from 1 to 100000000, got ${value}.`);
}

function flag(text: string, value: string): boolean {
  if (value !== "true" && value !== "false") fail("config", text, `standardize must be true or false, got "${value}".`);
  return value === "true";
}
