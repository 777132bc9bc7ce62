import { draw, normal, useBackend } from "@flows/core";
import { wasm } from "../index.js";

/**
 * A process that draws noise on two threads and then disposes of the backend "at once", "later" or "never", as its first argument says.
 * As it ends, which it must do by itself, it prints how many workers have started and ended.
 */
const threads = process.getBuiltinModule("node:worker_threads");
const count = { started: 0, ended: 0 };
threads.Worker = class extends threads.Worker {
  constructor(...options: ConstructorParameters<typeof threads.Worker>) {
    super(...options);
    this.on("online", () => void (count.started += 1));
    this.on("exit", () => void (count.ended += 1));
  }
};
// Two threads, whatever the machine has.
process.getBuiltinModule("node:os").availableParallelism = () => 2;

/** Waits as long as it takes: whoever started this process has less patience. */
async function until(what: keyof typeof count): Promise<void> {
  while (count[what] === 0) await new Promise((done) => setTimeout(done, 20));
}

async function work(when: string | undefined): Promise<void> {
  const handle = await useBackend(wasm({ threads: 2 }));
  const noise = normal({ features: 2 });
  await draw(noise, 1000, { seed: 1 });
  if (when !== "at once") {
    await until("started");
    await draw(noise, 1000, { seed: 1 });
  }
  if (when === "never") return;
  handle.dispose();
  await until("ended");
}

process.on("exit", () => console.log(JSON.stringify(count)));
void work(process.argv[2]);
