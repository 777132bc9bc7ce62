import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type Entry, label } from "../implementations/entry.js";
import type { Block, Told } from "../workload.js";
import type { Answer, Ask, Ended, Opened } from "./messages.js";

/** A process at work. What it says but does not answer in time, or after its end, is an error that holds its last words. */
export interface Contestant {
  readonly pid: number | undefined;
  open(told: Told): Promise<Opened>;
  block(calls: number): Promise<Block>;
  /** Ends the process. */
  end(): Promise<Ended>;
  kill(): void;
}

/** The longest wait for an answer: slow backends take minutes to set a task up. */
const patience = 15 * 60_000;
const lastWords = 2000;

export function launch(entry: Entry): Contestant {
  const child = spawn(entry.program, [...entry.args], { env: { ...process.env, ...entry.env }, stdio: "pipe" });
  let words = "";
  let receive: (answer: Answer) => void = () => undefined;
  child.stderr.on("data", (text) => (words = `${words}${text}`.slice(-lastWords)));
  // That it is gone is told by its end.
  child.stdin.on("error", () => undefined);
  createInterface({ input: child.stdout }).on("line", (line) => line.startsWith("{") && receive(JSON.parse(line) as Answer));
  const gone = new Promise<never>((_, reject) => {
    child.once("error", (error) => reject(new Error(`${label(entry)} did not start: ${error.message}.`)));
    child.once("close", (code, signal) => reject(new Error(`${label(entry)} ended with ${signal ?? `code ${code}`}: ${words.trim()}`)));
  });
  gone.catch(() => undefined);

  async function ask<T extends Answer>(message: Ask): Promise<T> {
    const late = setTimeout(() => child.kill(), patience);
    const answered = new Promise<Answer>((resolve) => (receive = resolve));
    child.stdin.write(`${JSON.stringify(message)}\n`);
    try {
      return (await Promise.race([answered, gone])) as T;
    } finally {
      clearTimeout(late);
    }
  }

  return {
    pid: child.pid,
    open: (told) => ask<Opened>({ open: told }),
    block: (calls) => ask<Block>({ block: calls }),
    end: async () => {
      const ended = await ask<Ended>({ end: true });
      child.stdin.end();
      return ended;
    },
    kill: () => void child.kill(),
  };
}
