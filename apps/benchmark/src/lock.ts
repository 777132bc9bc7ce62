import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail } from "@flows/core/author";

/** One for the machine, whatever checkout a benchmark runs from. */
export const lockFile = join(tmpdir(), "flows-benchmark.lock");

/** Whether a process exists; one of another user does too. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The process that holds the lock, or undefined where it is gone and left the file behind. */
function holder(path: string): number | undefined {
  const pid = Number(readFileSync(path, "utf8"));
  return Number.isInteger(pid) && pid > 0 && lives(pid) ? pid : undefined;
}

function taken(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid}`, { flag: "wx" });
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "EEXIST" ? false : fail("file", "bench", `the lock ${path} cannot be written: ${message}.`);
  }
}

/** Takes the lock, so that no two benchmarks disturb each other, and gives what frees it. A lock whose process is gone is taken over. */
export function lock(path = lockFile): () => void {
  if (!taken(path)) {
    const pid = holder(path);
    if (pid !== undefined) fail("aborted", "bench", `another benchmark runs, process ${pid}. Wait for it or end it; its lock is ${path}.`);
    rmSync(path, { force: true });
    if (!taken(path)) fail("aborted", "bench", `another benchmark began at this moment. Its lock is ${path}.`);
  }
  return () => rmSync(path, { force: true });
}
