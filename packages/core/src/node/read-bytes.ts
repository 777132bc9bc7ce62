import { readFile } from "node:fs/promises";
import { type Errno, failOn } from "./file-error.js";

/** The bytes of a file. Throws FlowsError "file" with the path and what to do; its details are { path, errno }. */
export const readBytes = (path: string): Promise<Uint8Array> =>
  readFile(path).catch((error: Errno) =>
    failOn(path, `cannot be read: ${reasons[error.code ?? ""] ?? `${error.message}. Check the path.`}`, error),
  );

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file. Check the path.",
  ENOTDIR: "there is no such file. Check the path.",
  EISDIR: "it is a folder, not a file. Name the file.",
  EACCES: "this user may not read it. Change its permissions.",
};
