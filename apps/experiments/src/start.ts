import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type About, main } from "@flows/cli";

/** What `npm start` shows: the RealNVP of document 004, paragraph 11, on two moons, by the commands that anybody can type. */
const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = relative(process.cwd(), `${root}out/two-moons`);
const data = "toy:two-moons?n=2000&noise=0.05";
const model = `${folder}/model.safetensors`;
const history = `${folder}/history.json`;

const network = ["--layers", "6", "--hidden", "64,64", "--activation", "tanh"];
/** As in the document: all 2,000 rows are trained on, in their own units. How well is told by fresh points. */
const protocol = ["--raw", "--split", "0,0"];
const training = ["--steps", "3000", "--batch", "256", "--learning-rate", "0.003", "--schedule", "cosine"];
const calls: readonly (readonly string[])[] = [
  ["fit", data, ...network, ...protocol, ...training, "--out", model, "--history", history, ...process.argv.slice(2)],
  ["score", model, "toy:two-moons?n=1000&noise=0.05", "--seed", "1", "--out", `${folder}/scores.csv`],
  ["sample", model, "-n", "2000", "--out", `${folder}/samples.csv`],
  ["inspect", model],
  ["report", model, data, "--seed", "1", "--out", `${folder}/report.html`, "--png", folder],
];

const shown = (word: string): string => (/[?&]/.test(word) ? `"${word}"` : word);

async function run(): Promise<number> {
  for (const call of calls) {
    console.log(`\n$ pnpm flows ${call.map(shown).join(" ")}`);
    const code = await main(call);
    if (code !== 0) return code;
  }
  const { natsAboveFloor, natsAboveFloorStandardError, seconds } = JSON.parse(await readFile(history, "utf8")) as About;
  console.log(
    `\nTwo moons: ${natsAboveFloor?.toFixed(3)} ± ${natsAboveFloorStandardError?.toFixed(3)} nats above the floor (goal: at most 0.15), fitted in ${seconds?.toFixed(1)} s (goal: under 25).`,
  );
  console.log(`Open ${folder}/report.html in a browser.`);
  return 0;
}

process.exitCode = await run();
