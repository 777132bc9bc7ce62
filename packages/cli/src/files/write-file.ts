import { randomUUID } from "node:crypto";
import { rm, stat, writeFile } from "node:fs/promises";
import { fail } from "@flows/core/author";
import { writeAtomic } from "@flows/core/node";

/** Whether something that is no plain file has that name: a device, a pipe. */
async function isSpecial(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) fail("file", path, "is a folder. Give the name of a file.");
  return found !== undefined && !found.isFile();
}

/** Writes a file whole or not at all; a device or a pipe, such as /dev/stdout, is written to as it is. */
export async function writeOut(path: string, content: Uint8Array | string): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  if (!(await isSpecial(path))) return writeAtomic(path, bytes);
  await writeFile(path, bytes).catch((error: NodeJS.ErrnoException) =>
    fail("file", path, `cannot be written: ${error.code === "ENOSPC" ? "no space is left on it" : error.message}.`, { cause: error }),
  );
}

/** Refuses, before long work, a path that cannot be written: it writes beside it and removes that again. */
export async function checkWritable(path: string | undefined): Promise<void> {
  if (path === undefined || (await isSpecial(path))) return;
  const trial = `${path}.${randomUUID()}`;
  await writeAtomic(trial, new Uint8Array()).catch((error: Error) =>
    fail("file", path, error.message.replace(/^.*? was not written/, "cannot be written"), { cause: error }),
  );
  await rm(trial, { force: true });
}
