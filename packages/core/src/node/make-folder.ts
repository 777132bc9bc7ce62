import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Makes a folder and its parents. Node's own recursive mkdir never returns where the system keeps answering ENOENT, such as below /proc. */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  try {
    await mkdir(path);
  } catch (error) {
    // Another writer may have made it meanwhile.
    if (!(await isFolder(path))) throw error;
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
