import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isFlowsError } from "../errors.js";
import { readBytes } from "./read-bytes.js";
import { checkWritable, writeAtomic } from "./write-atomic.js";

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

describe("checkWritable", () => {
  it("leaves nothing where it can be written, and an older file as it was", async () => {
    const path = join(folder, "model");
    await checkWritable(join(folder, "deep", "model"));
    expect(await readdir(join(folder, "deep"))).toEqual([]);
    await writeFile(path, "old");
    await checkWritable(path);
    expect(await readFile(path, "utf8")).toBe("old");
    expect((await readdir(folder)).sort()).toEqual(["deep", "model"]);
  });

  it("refuses a folder's name and a full disk, with the path and the system's word as details", async () => {
    const details = (path: string) => checkWritable(path).catch((error: unknown) => isFlowsError(error) && error.details);
    expect(await details(folder)).toEqual({ path: folder, errno: "EISDIR" });
    broken.code = "ENOSPC";
    expect(await details(join(folder, "model"))).toEqual({ path: join(folder, "model"), errno: "ENOSPC" });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe.runIf(process.platform === "linux")("a device", () => {
  it("is written to as it is, text and bytes", async () => {
    await checkWritable("/dev/null");
    await writeAtomic("/dev/null", "text");
    await writeAtomic("/dev/null", bytes("bytes"));
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
  });

  it("that a file stands behind is added to, not put in its place", async () => {
    const path = join(folder, "redirected");
    await writeFile(path, "before ");
    const file = await open(path, "a");
    await checkWritable(`/dev/fd/${file.fd}`);
    await writeAtomic(`/dev/fd/${file.fd}`, "after");
    await file.close();
    expect(await readFile(path, "utf8")).toBe("before after");
    expect(await readdir(folder)).toEqual(["redirected"]);
  });

  it("that is full says so", async () => {
    await checkWritable("/dev/full");
    await expect(writeAtomic("/dev/full", "text")).rejects.toThrow("/dev/full: cannot be written: no space is left on it.");
  });
});

it.each([
  ["none", "ENOENT", /^.*none: cannot be read: there is no such file/],
  ["", "EISDIR", /it is a folder, not a file/],
])("readBytes of %j says why not, with the path as details", async (name, errno, text) => {
  const path = join(folder, name);
  const error = await readBytes(path).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "file", where: path, text: expect.stringMatching(/^cannot be read/), details: { errno } });
  expect((error as Error).message).toMatch(text);
});
