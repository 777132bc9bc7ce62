import { resolve } from "node:path";
import { fail } from "../errors.js";

/** What a file system call throws. */
export type Errno = Pick<NodeJS.ErrnoException, "code" | "message">;

/** Throws FlowsError "file" that begins with the path as it was given; the details hold the whole path and the system's word for it. */
export const failOn = (path: string, text: string, error: Errno): never =>
  fail("file", path, text, { cause: error, details: { path: resolve(path), errno: error.code } });
