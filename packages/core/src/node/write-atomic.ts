import { randomBytes } from "node:crypto";
import { appendFile, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type Errno, failOn } from "./file-error.js";
import { makeFolder } from "./make-folder.js";

/**
 * Writes a file as a whole or not at all: into a temporary file of the same folder, flushed to the disk, then renamed.
 * A reader, a crash or a full disk never meets half a file, and a failed write leaves the old file as it was. Missing folders are made.
 * What is no file, such as /dev/stdout or a pipe, is written to as it is. Text is written in UTF-8.
 *
 * Throws FlowsError "file" that says the path and what to do; its details are { path, errno }.
 */
export async function writeAtomic(path: string, content: Uint8Array | string): Promise<void> {
  if ((await kindOf(path)) === "device") await appendFile(path, content).catch((error: Errno) => failOn(path, onDevice(error), error));
  else await beside(path, content, "was not written", rename);
}

/** Refuses, before long work, a path that `writeAtomic` would refuse: it writes beside it, and removes that again. Throws as `writeAtomic` does. */
export async function checkWritable(path: string): Promise<void> {
  const kind = await kindOf(path);
  if (kind === "folder") failOn(path, `cannot be written: ${reasons.EISDIR}`, { code: "EISDIR", message: "" });
  if (kind !== "device") await beside(path, "", "cannot be written", (temporary) => rm(temporary));
}

/** Where names stand for what a process has open, such as /dev/stdout: behind them may be a file that lies elsewhere. */
const openHandles = /^\/(dev|dev\/fd|proc\/[^/]+\/fd)$/;

const kindOf = (path: string): Promise<"folder" | "device" | "file"> =>
  stat(path).then(
    (found) => (found.isDirectory() ? "folder" : found.isFile() && !openHandles.test(dirname(resolve(path))) ? "file" : "device"),
    () => "file",
  );

/** Writes to a temporary file beside a path, and lets `end` deal with it. */
async function beside(
  path: string,
  content: Uint8Array | string,
  fault: string,
  end: (temporary: string, target: string) => Promise<void>,
): Promise<void> {
  const target = resolve(path);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await makeFolder(dirname(target));
    await writeFlushed(temporary, content);
    await end(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    failOn(path, `${fault}: ${reason(error as Errno)}`, error as Errno);
  }
}

async function writeFlushed(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "this user may not write in its folder. Change the folder's permissions or write elsewhere.",
  EPERM: "the system does not allow writing there. Close programs that hold the file, or write elsewhere.",
  EROFS: "the folder is read-only. Write elsewhere.",
  ENOSPC: "the disk is full. Free some space and write again; an older file is untouched.",
  EDQUOT: "this user's disk quota is used up. Free some space and write again; an older file is untouched.",
  ENOTDIR: "a part of its path is a file, not a folder. Choose another path.",
  EEXIST: "a part of its path is a file, not a folder. Choose another path.",
  EISDIR: "a folder of that name exists. Choose another name.",
  ENOENT: "its folder cannot be made. Choose another path.",
  ENAMETOOLONG: "the name is too long. Choose a shorter one.",
};
const reason = ({ code = "", message }: Errno): string => reasons[code] ?? `${message}. Check the path and write again.`;

const onDevice = (error: Errno): string => `cannot be written: ${error.code === "ENOSPC" ? "no space is left on it." : reason(error)}`;
