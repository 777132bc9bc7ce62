import { cpu } from "@flows/backend-cpu";
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useBackend } from "../backend/use-backend.js";
import type { BackendHandle, Distribution } from "../contracts/index.js";
import { flow } from "../distributions/flow.js";
import { normal } from "../distributions/normal.js";
import { isFlowsError } from "../errors.js";
import { initialise } from "../host/initialise.js";
import { score } from "../host/score.js";
import { chain } from "../maps/chain.js";
import { leaves, reseed } from "../modules/leaves.js";
import { createRegistry } from "../registry.js";
import { acme, affine, bend, centre, exponential } from "../testing/acme.js";
import { load, loadModule, save } from "./model.js";
import type { NamedArray } from "./named-array.js";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.js";
import { type Table, tableForward, tableInverse } from "./table.js";

const table: Table = {
  columns: [
    { name: "bill, mm", support: "real", shift: 44, scale: 5.5 },
    { name: "mass, g", support: "real", shift: 4200, scale: 800 },
  ],
};
const rows = [
  [0.5, -1],
  [2, 1],
];

describe("model files", () => {
  const registry = createRegistry([acme]);
  let handle: BackendHandle;
  let model: Distribution;
  let bytes: Uint8Array;
  let before = 0;
  beforeAll(async () => {
    handle = await useBackend(cpu());
  });
  afterAll(() => handle.dispose());
  beforeEach(async () => {
    before = memory().numTensors;
    model = flow({
      base: normal({ features: 2 }),
      bijector: chain([affine({ features: 2 }), bend({ hidden: 3 }), centre({ features: 2 })]),
    });
    reseed(model, 7);
    await initialise(model, rows);
    bytes = await save(model, { table, metadata: { seed: 7, note: "ünï" } });
  });
  afterEach(() => {
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });

  const messageOf = (file: Uint8Array, known = registry): string => {
    const held = memory().numTensors;
    try {
      load(file, known).flow.dispose();
      return "nothing";
    } catch (error) {
      if (!isFlowsError(error)) throw error;
      expect(memory().numTensors).toBe(held);
      return `${error.code} ${error.message}`;
    }
  };
  type Parts = { tensors: Map<string, NamedArray>; metadata: Record<string, string> };
  const edited = (edit: (parts: Parts) => void): Uint8Array => {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const parts = { tensors, metadata: { ...metadata } };
    edit(parts);
    return encodeSafetensors(parts.tensors, parts.metadata);
  };

  it("gives the same scores to the bit, the table and the metadata, and saves to the same bytes", async () => {
    const loaded = load(bytes, registry);
    expect(await score(loaded.flow, rows)).toEqual(await score(model, rows));
    expect(loaded.table).toEqual(table);
    expect(loaded.metadata).toEqual({ seed: 7, note: "ünï" });
    expect(loaded.checkpoint).toBe(false);
    expect(await save(loaded.flow, loaded)).toEqual(bytes);
    reseed(loaded.flow, 99);
    expect(await save(loaded.flow, loaded)).toEqual(bytes);
    loaded.flow.dispose();
  });

  it("names entries by their paths and lies open to Python", () => {
    const { tensors, metadata } = decodeSafetensors(bytes);
    expect([...tensors.keys()].sort()).toEqual([
      "flow/bijector.bijectors.0.logScale",
      "flow/bijector.bijectors.0.shift",
      "flow/bijector.bijectors.1.b0",
      "flow/bijector.bijectors.1.w0",
      "flow/bijector.bijectors.1.w1",
      "state/bijector.bijectors.2.middle",
      "state/bijector.bijectors.2.started",
    ]);
    expect(tensors.get("flow/bijector.bijectors.1.w0")).toMatchObject({ dtype: "F32", shape: [1, 3] });
    expect(metadata).toMatchObject({ format: "1" });
    expect(JSON.parse(metadata.model!)).toMatchObject({
      module: "flows/flow",
      config: { base: { module: "flows/normal", config: { features: 2 } } },
    });
  });

  it("a part of a flow is a module file", async () => {
    const part = affine({ features: 2 });
    const file = await save(part);
    expect(() => load(file, registry)).toThrow("which is no distribution. Use loadModule");
    const { module } = loadModule(file, registry);
    expect(module.type).toBe("acme/affine");
    module.dispose();
    part.dispose();
  });

  it("says what to pass where no registry comes", () => {
    const bare = load as unknown as (bytes: Uint8Array, registry?: unknown) => unknown;
    for (const registry of [undefined, null, [acme]])
      expect(() => bare(bytes, registry)).toThrow(/^load: .*Pass createRegistry\(\[bijectors\]\)/);
    expect(() => (loadModule as unknown as typeof bare)(bytes)).toThrow(expect.objectContaining({ code: "registry" }));
  });

  it("refuses every cut of a file, and leaves nothing behind", () => {
    for (let length = 0; length < bytes.length; length += 7) expect(messageOf(bytes.subarray(0, length))).toMatch(/^file safetensors: /);
  });

  it("refuses files that were changed, each with what is wrong", () => {
    const shift = "flow/bijector.bijectors.0.shift";
    const cases: readonly (readonly [(parts: Parts) => void, string])[] = [
      [({ tensors }) => void tensors.delete(shift), `file load: the file has no ${shift}`],
      [({ tensors }) => void tensors.set("flow/more", tensors.get(shift)!), "entries that its model does not: flow/more"],
      [({ tensors }) => void tensors.set("best/more", tensors.get(shift)!), "entries that its model does not: best/more"],
      [({ tensors }) => void tensors.set(shift, { ...tensors.get(shift)!, shape: [1, 2] }), "must have the shape [2], got [1,2]"],
      [({ tensors }) => void tensors.set(shift, { dtype: "I32", shape: [2], data: Int32Array.of(1, 2) }), "must hold F32 or F64, got I32"],
      [({ tensors }) => void tensors.set(shift, { dtype: "F32", shape: [2], data: Float32Array.of(1, Number.NaN) }), "holds NaN at 1"],
      [({ tensors }) => void tensors.set(shift, { dtype: "F64", shape: [2], data: Float64Array.of(1e300, 1) }), "holds 1e+300 at 0"],
      [({ metadata }) => void delete metadata.format, "holds no Flows model"],
      [({ metadata }) => void delete metadata.model, "holds no Flows model"],
      [({ metadata }) => void (metadata.format = "2"), 'the file has format "2", and this version reads 1. Update @flows/core.'],
      [({ metadata }) => void (metadata.model = metadata.model!.slice(1)), "the file's model is not valid JSON"],
      [({ metadata }) => void (metadata.model = "{}"), "expected a saved module { module, config }"],
      [({ metadata }) => void (metadata.model = '{"module":"flows/flow"}'), "the file's content cannot be used"],
      [({ metadata }) => void (metadata.model = `${"[".repeat(300)}${"]".repeat(300)}`), "nests deeper than 200 levels"],
      [({ metadata }) => void (metadata.model = metadata.model!.replace('"hidden":3', '"hidden":-3')), "file load: "],
      [
        ({ metadata }) => void (metadata.model = metadata.model!.replace('"hidden":3', '"hidden":4')),
        "must have the shape [1,4], got [1,3]",
      ],
      [
        ({ metadata }) => void (metadata.model = metadata.model!.replace("acme/bend", "other/bend")),
        "registry module.config.bijector.config.1: other/bend is not known",
      ],
      [
        ({ metadata }) => void (metadata.model = metadata.model!.replace('"hidden":3', '"hidden":3,"more":1')),
        "acme/bend: there is no option more. Known: hidden.",
      ],
      [({ metadata }) => void (metadata.table = '{"columns":[]}'), "a table needs a list of at least one column"],
      [
        ({ metadata }) => void (metadata.table = metadata.table!.replace("5.5", "0")),
        'the scale of column \\"bill, mm\\" must be a finite number above 0'.replaceAll("\\", ""),
      ],
      [({ metadata }) => void (metadata.table = metadata.table!.replace("real", "angle")), 'has support "angle". Known: "real"'],
      [({ metadata }) => void (metadata.metadata = "{"), "the file's metadata is not valid JSON"],
    ];
    for (const [edit, text] of cases) expect(messageOf(edited(edit))).toContain(text);
    expect(messageOf(bytes, createRegistry([]))).toMatch(/^registry .*acme\/affine is not known. Pass its plugin to createRegistry/);
  });

  it("refuses a model that wants more numbers than the file has before it takes memory for them", () => {
    const widened = (text: string) => edited(({ metadata }) => void (metadata.model = metadata.model!.replace('"hidden":3', text)));
    const held = process.memoryUsage().arrayBuffers;
    expect(messageOf(widened('"hidden":30000000'))).toMatch(/^file load: .*more.* than .*the file (has|holds)/);
    const layers = (count: number): Uint8Array =>
      edited(({ metadata }) => {
        const bends = Array.from({ length: count }, () => '{"module":"acme/bend","config":{"hidden":60000}}').join();
        metadata.model = metadata.model!.replace('{"module":"acme/bend","config":{"hidden":3}}', bends);
      });
    expect(messageOf(layers(40))).toContain("holds 180,000 numbers, more than the file has. The file was changed: take another copy.");
    expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(4e6);
  });

  it("any changed byte of the header gives one of our errors or a sound model", () => {
    const header = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    for (let at = 0; at < header; at += 3) {
      const file = bytes.slice();
      file[at] = file[at]! ^ 0x15;
      messageOf(file);
    }
  });

  it("takes F64 numbers where they fit, and refuses a function or NaN in metadata", async () => {
    const wide = edited(({ tensors }) => {
      for (const [name, { shape, data }] of tensors) tensors.set(name, { dtype: "F64", shape, data: Float64Array.from(data) });
    });
    const loaded = load(wide, registry);
    expect(await save(loaded.flow, loaded)).toEqual(bytes);
    loaded.flow.dispose();
    await expect(save(model, { metadata: { rate: Number.NaN } })).rejects.toThrow("finite numbers");
    await expect(save(model, { table: { columns: [table.columns[0]!, table.columns[0]!] } })).rejects.toThrow("two columns are named");
  });

  it("a disposed flow and a module of a type that files refuse say so", async () => {
    const gone = flow({ base: normal({ features: 1 }), bijector: exponential({ features: 1 }) });
    gone.dispose();
    await expect(save(gone)).rejects.toThrow("was disposed");
    expect(leaves(model).length).toBe(7);
  });

  it("a table scales rows in float64 and says what that adds to a log-density", () => {
    const user = [
      [44, 4200],
      [49.5, 3400],
    ];
    const { rows: inside, logDet } = tableInverse(table, user);
    expect(Array.from(inside.data)).toEqual([0, 0, 1, -1]);
    expect(logDet).toBeCloseTo(-Math.log(5.5 * 800), 12);
    const back = tableForward(table, inside);
    expect(Array.from(back.rows.data)).toEqual(user.flat());
    expect(back.logDet).toBe(-logDet);
    expect(() => tableInverse(table, [[1]])).toThrow("shape tableInverse: the table has 2 columns, got rows of shape [1]".slice(6));
  });
});
