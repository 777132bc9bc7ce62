import type { Kernel, View } from "@flows/core/author";
import type { Device } from "../device/device.js";

/** One packed buffer [n] as a tensor a view; the gradient puts the views' gradients back into one. */
export function unpackKernel(device: Device): Kernel<{ readonly views: readonly View[] }> {
  const { backend, wasm } = device;
  const copy = (from: number, to: number, size: number): void => wasm.copyRows(from, to, 1, 4 * size, 0, 0);
  return {
    op: "unpack",
    forward: ([buffer], { views }) => {
      const from = backend.pointer(buffer!);
      const outputs = views.map(({ offset, size, spec }) => {
        const view = device.empty(spec.shape);
        copy(from + 4 * offset, backend.pointer(view), size);
        return view;
      });
      return { outputs, saved: [] };
    },
    backward: (_saved, dys, { views }) => {
      const whole = views[0]!.buffer.size;
      const gradient = views.reduce((sum, { size }) => sum + size, 0) === whole ? device.empty([whole]) : device.zeros([whole]);
      views.forEach(({ offset, size }, i) => {
        copy(backend.pointer(dys[i]!), backend.pointer(gradient) + 4 * offset, size);
      });
      return [gradient];
    },
  };
}
