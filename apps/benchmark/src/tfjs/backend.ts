import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";

/** Selects one of tfjs's own backends. */
export async function useTfjs(name: string): Promise<void> {
  await tf.setBackend(name);
  await tf.ready();
}
