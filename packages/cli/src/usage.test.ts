import { expect, it } from "vitest";
import { commands } from "./commands/index.js";
import { main } from "./main.js";
import { flows } from "./testing/run.js";

it("says what it can do", async () => {
  for (const argv of [[], ["--help"], ["-h"], ["help"]]) {
    const { code, out, error } = await flows(argv);
    expect(code).toBe(0);
    expect(error).toBe("");
    for (const { name } of commands) expect(out).toContain(`flows ${name}`);
  }
});

it.each(commands.map(({ name }) => name))("flows %s --help names every option", async (name) => {
  const { code, out } = await flows([name, "--help"]);
  expect(code).toBe(0);
  const own = Object.keys(commands.find((command) => command.name === name)!.options);
  for (const option of [...own, "help", "seed", "backend", "threads", "json", "quiet", "verbose"]) expect(out).toContain(`--${option}`);
});

const toy = "toy:two-moons";

it.each<readonly [argv: readonly string[], words: RegExp]>([
  [["paint", "x"], /no command "paint".*fit, score, sample, report, compare, inspect/],
  [["fit"], /takes DATA, got nothing/],
  [["fit", toy, "more"], /takes DATA, got toy:two-moons more/],
  [["score", "m.safetensors"], /takes MODEL DATA, got m.safetensors/],
  [["compare", "m.safetensors"], /takes MODEL... DATA, got m.safetensors/],
  [["compare", "m.safetensors", toy, "--folds", "1"], /--folds takes a whole number from 2 to 1000, got "1"/],
  [["fit", toy, "--colour", "red"], /Unknown option '--colour'.*flows fit --help/],
  [["fit", toy, "--out"], /--out <value>' argument missing/],
  [["fit", toy, "--model", "glow"], /--model takes realnvp, nice, planar, affine, kde, gmm, got "glow"/],
  [["fit", toy, "--steps", "-5"], /--steps takes a whole number.*got "-5"/],
  [["fit", toy, "--steps", "0"], /got "0"/],
  [["fit", toy, "--steps", "1.5"], /got "1.5"/],
  [["fit", toy, "--steps", "many"], /got "many"/],
  [["fit", toy, "--steps", "5", "--epochs", "2"], /--steps or --epochs, not both/],
  [["fit", toy, "--batch", "1"], /--batch takes a whole number from 2/],
  [["fit", toy, "--learning-rate", "0"], /--learning-rate takes a number above 0/],
  [["fit", toy, "--schedule", "linear"], /--schedule takes cosine or constant/],
  [["fit", toy, "--split", "0.9,0.2"], /--split takes two shares/],
  [["fit", toy, "--split", "0.1"], /--split takes two shares/],
  [["fit", toy, "--split", "-0.1,0.1"], /--split takes two shares/],
  [["fit", toy, "--hidden", "64,"], /--hidden takes whole numbers/],
  [["fit", toy, "--activation", "swish"], /--activation takes relu, leakyRelu, elu, tanh, sigmoid or softplus, got "swish"/],
  [["fit", toy, "--model", "planar", "--activation", "tanh"], /the model planar takes no --activation/],
  [["fit", toy, "--layers", "0"], /--layers takes a whole number/],
  [["fit", toy, "--model", "affine", "--layers", "3"], /the model affine takes no --layers/],
  [["fit", toy, "--decimal", "dot"], /--decimal takes point or comma, got "dot"/],
  [["fit", toy, "--decimal", "comma", "--thousands", ","], /--decimal and --thousands are the same mark/],
  [["fit", toy, "--header", "--no-header"], /--header or --no-header, not both/],
  [["fit", toy, "--columns", "x1,x1"], /--columns names x1 twice/],
  [["fit", toy, "--columns", ","], /--columns takes names/],
  [["fit", toy, "--checkpoint-every", "5"], /--checkpoint-every needs --checkpoint/],
  [["fit", toy, "--seed", "-1"], /--seed takes a whole number from 0/],
  [["fit", toy, "--threads", "0"], /--threads takes a whole number/],
  [["fit", toy, "--backend", "tpu"], /--backend takes wasm, cpu, float64, got "tpu"/],
  [["sample", "m.safetensors"], /needs -n N/],
  [["sample", "m.safetensors", "-n", "-3"], /got "-3"/],
  [["sample", "m.safetensors", "-n", "3", "--temperature", "-1"], /--temperature takes a number of at least 0/],
])("%j is a wrong call", async (argv, words) => {
  const { code, out, error } = await flows(argv);
  expect(error).toMatch(words);
  expect(error.trimEnd().split("\n")).toHaveLength(1);
  expect(out).toBe("");
  expect(code).toBe(2);
});

it("--threads goes to wasm, which knows how many it takes, and changes nothing elsewhere", async () => {
  const call = ["fit", toy, "--model", "affine", "--steps", "1", "--threads"];
  const many = await flows([...call, "1000", "--quiet"]);
  expect(many.error).toMatch(/^flows\/wasm: threads must be a whole number from 1 to \d+, got 1000.\n$/);
  expect(many.code).toBe(1);
  expect((await flows([...call, "1", "--quiet"])).code).toBe(0);
  const elsewhere = await flows([...call, "2", "--backend", "cpu"]);
  expect(elsewhere.error).toContain("cpu runs on one thread; --threads 2 changes nothing.");
  expect(elsewhere.code).toBe(0);
});

it("an error that is not ours is told as a bug, with its stack only with --verbose", async () => {
  const told = async (...argv: string[]): Promise<string> => {
    let error = "";
    const streams = {
      out: () => {
        throw new TypeError("planted");
      },
      error: (text: string) => void (error += text),
      screen: undefined,
      flush: () => Promise.resolve(),
    };
    expect(await main(argv, streams)).toBe(70);
    return error;
  };
  expect(await told("--help")).toBe("flows: an unexpected error, a bug of ours: planted. Run again with --verbose and report it.\n");
  expect(await told("fit", "--help", "--verbose")).toMatch(/^TypeError: planted\n\s+at /);
});
