import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fail } from "../errors.js";
import { makeFolder } from "./make-folder.js";

/**
 * Writes a file as a whole or not at all: into a temporary file of the same folder, flushed to the disk, then renamed.
 * A reader, a crash or a full disk never meets half a file, and a failed write leaves the old file as it was. Missing folders are made.
 *
 * Throws FlowsError "file" that names the path and what to do.
 */
export async function writeAtomic(path: string, bytes: Uint8Array): Promise<void> {
  const target = resolve(path);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await makeFolder(dirname(target));
    await writeFlushed(temporary, bytes);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    fail("file", "writeAtomic", `${target} was not written: ${reason(error)}`, { cause: error });
  }
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
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

function reason(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? `${message}. Check the path and write again.`;
}
