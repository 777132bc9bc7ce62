import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Makes a virtual environment with the Python peers: node apps/benchmark/peers/setup.mjs FOLDER. Needs Python 3.11 or newer and 7 GB. */
const [folder, ...more] = process.argv.slice(2);
const python = process.env.PYTHON ?? (process.platform === "win32" ? "python" : "python3");

function run(program, args) {
  console.log(`$ ${program} ${args.join(" ")}`);
  const { status, error } = spawnSync(program, args, { stdio: "inherit" });
  if (error) console.error(`${program} did not start: ${error.message}. Install Python 3.11 or newer, or name it in PYTHON.`);
  return error ? 1 : (status ?? 1);
}

function setup() {
  const home = resolve(folder);
  const inside = process.platform === "win32" ? join(home, "Scripts", "python.exe") : join(home, "bin", "python");
  const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));
  const code = run(python, ["-m", "venv", home]) || run(inside, ["-m", "pip", "install", "--progress-bar", "off", "-r", requirements]);
  if (code === 0) console.log(`\nNow: FLOWS_PEERS_PYTHON=${inside} pnpm bench --peers`);
  return code;
}

if (folder === undefined || folder.startsWith("-") || more.length > 0) {
  console.error("setup: expected one folder for the environment. node apps/benchmark/peers/setup.mjs FOLDER");
  process.exitCode = 2;
} else process.exitCode = setup();
