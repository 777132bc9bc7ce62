import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isFlowsError } from "../errors.js";
import { writeAtomic } from "./write-atomic.js";

const broken = vi.hoisted(() => ({ code: "" }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const open: typeof real.open = async (...args) => {
    const file = await real.open(...args);
    if (broken.code) file.sync = () => Promise.reject(Object.assign(new Error("planted"), { code: broken.code }));
    return file;
  };
  return { ...real, open };
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flows-write-"));
});
afterEach(async () => {
  broken.code = "";
  await rm(folder, { recursive: true, force: true });
});

const refused = async (path: string): Promise<string> => {
  const error = await writeAtomic(path, bytes("new")).catch((caught: unknown) => caught);
  expect(isFlowsError(error) && error.code).toBe("file");
  return (error as Error).message;
};

describe("writeAtomic", () => {
  it("writes, replaces, makes folders and leaves nothing else behind", async () => {
    const path = join(folder, "a", "b", "model.safetensors");
    await writeAtomic(path, bytes("a long first version"));
    await writeAtomic(path, bytes("second"));
    expect(await readFile(path, "utf8")).toBe("second");
    expect(await readdir(join(folder, "a", "b"))).toEqual(["model.safetensors"]);
  });

  it.each([
    ["ENOSPC", /the disk is full. Free some space/],
    ["EACCES", /may not write in its folder. Change the folder's permissions/],
    ["EROFS", /read-only. Write elsewhere/],
    ["EIO", /planted. Check the path/],
  ])("keeps the old file and cleans up on %s", async (code, text) => {
    const path = join(folder, "model");
    await writeFile(path, "old");
    broken.code = code;
    expect(await refused(path)).toMatch(text);
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["model"]);
  });

  it("refuses a folder that cannot be made, and names the path", async () => {
    await writeFile(join(folder, "file"), "");
    const path = join(folder, "file", "below", "model");
    const message = await refused(path);
    expect(message).toContain(path);
    expect(message).toMatch(/is a file, not a folder/);
  });

  it.runIf(process.platform === "linux")("refuses a folder in which the system writes nothing", async () => {
    expect(await refused("/proc/flows/model")).toMatch(/its folder cannot be made/);
    expect(await refused("/proc/model")).toMatch(/not written/);
  });

  it("refuses a name that a folder has, and leaves the folder", async () => {
    const path = join(folder, "taken");
    await mkdir(path);
    expect(await refused(path)).toMatch(/not written/);
    expect((await stat(path)).isDirectory()).toBe(true);
    expect(await readdir(folder)).toEqual(["taken"]);
  });

  it("lets the last of many writers win whole", async () => {
    const path = join(folder, "model");
    const versions = Array.from({ length: 20 }, (_, i) => String(i).repeat(1000));
    await Promise.all(versions.map((text) => writeAtomic(path, bytes(text))));
    expect(versions).toContain(await readFile(path, "utf8"));
    expect(await readdir(folder)).toEqual(["model"]);
  });
});
