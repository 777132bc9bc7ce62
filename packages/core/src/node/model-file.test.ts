import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpu } from "@flows/backend-cpu";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useBackend } from "../backend/use-backend.js";
import type { BackendHandle } from "../contracts/index.js";
import { normal } from "../distributions/normal.js";
import { save } from "../files/model.js";
import { createRegistry } from "../registry.js";
import { loadFile, saveFile } from "./model-file.js";

describe("model files on the disk", () => {
  let handle: BackendHandle;
  let folder = "";
  beforeAll(async () => {
    handle = await useBackend(cpu());
    folder = await mkdtemp(join(tmpdir(), "flows-model-"));
  });
  afterAll(async () => {
    handle.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it("holds what save gives, and names the path where it cannot be read", async () => {
    const registry = createRegistry([]);
    const path = join(folder, "deep", "model.safetensors");
    const model = normal({ features: 3 });
    await saveFile(path, model);
    expect(new Uint8Array(await readFile(path))).toEqual(await save(model));
    const { flow } = await loadFile(path, registry);
    expect(flow.eventShape).toEqual([3]);
    const bare = loadFile as unknown as (path: string) => Promise<unknown>;
    await expect(bare(path)).rejects.toMatchObject({ code: "registry", message: expect.stringContaining("Pass createRegistry") });
    await writeFile(path, "cut");
    await expect(loadFile(path, registry)).rejects.toThrow(path);
    await expect(loadFile(join(folder, "none"), registry)).rejects.toThrow("there is no such file. Check the path.");
    await expect(loadFile(folder, registry)).rejects.toThrow("it is a folder");
    flow.dispose();
    model.dispose();
  });
});
