import { type Kernel, type NoiseAttrs, streams } from "@flows/core/author";
import type { Engine } from "@flows/programs";
import { allRows, commandBuffer, structOf } from "@flows/programs";
import type { Device } from "../device/device.js";

const WORD = 2 ** 32;
/** Rows that a thread draws at a time. */
const ROWS = 1024;

/** Standard normals of a stream by all threads, bit for bit those of core's `normals`: see assembly/noise.ts. */
export function noiseKernel(device: Device, engine: Engine): Kernel<NoiseAttrs> {
  const { backend } = device;
  const commands = commandBuffer([{ rows: allRows, chunk: ROWS, calls: [{ call: engine.functions.noise, at: 0 }] }]);
  return {
    op: "noise",
    forward: (_inputs, { seed, first, n, width, stream }) => {
      const noise = device.empty([n, width]);
      const words = [backend.pointer(noise), seed, Math.floor(seed / WORD), first, Math.floor(first / WORD), streams[stream], width];
      engine.runStructs([structOf(words)], commands, n);
      return { outputs: [noise], saved: [] };
    },
    backward: () => [],
  };
}
