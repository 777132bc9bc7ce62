import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

const { packageManager, engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Says what is needed and stops, where Node is too old for the tools. */
export function checkNode() {
  const least = Number(engines.node.match(/\d+/)[0]);
  if (Number(process.versions.node.split(".")[0]) >= least) return;
  console.error(
    `Flows needs Node ${least} or newer, and this is Node ${process.versions.node}. Install one from https://nodejs.org and run again.`,
  );
  process.exit(1);
}

/** Runs a program in a folder, the root unless given, shows what it prints and gives its exit code. */
export function run(program, args, env = {}, cwd = root) {
  const options = { cwd, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env } };
  // On Windows npm and npx are scripts, which only a shell can start.
  const shell = process.platform === "win32" && program !== process.execPath;
  const child = shell ? spawn([program, ...args].join(" "), { ...options, shell }) : spawn(program, args, options);
  return new Promise((done) => {
    child.on("error", (error) => {
      console.error(`${program} did not start: ${error.message}`);
      done(1);
    });
    child.on("close", (code, signal) => done(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}

/** Runs a JavaScript file with this Node. */
export const node = (file, args = [], env = {}, cwd = root) => run(process.execPath, [file, ...args], env, cwd);

/** Runs the pnpm that package.json names, which needs nothing but npm. */
export const pnpm = (...args) =>
  run("npx", ["-y", packageManager, ...args], { CI: "true", TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" });

/** Installs what the lockfile says and builds all packages. Gives the exit code. */
export async function prepare() {
  checkNode();
  return (
    (await timed(`Installing with ${packageManager}`, () => pnpm("install", "--frozen-lockfile"))) ||
    (await timed("Building all packages", () => pnpm("exec", "turbo", "run", "build", "--output-logs=errors-only")))
  );
}

/** Prints what is done now, does it, and prints how long it took. */
export async function timed(title, work) {
  console.log(`\n== ${title}`);
  const start = performance.now();
  const code = await work();
  console.log(
    `== ${title}: ${code === 0 ? "done" : `failed with exit code ${code}`} after ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
  return code;
}
