import { greater, type Tensor, where } from "@tensorflow/tfjs-core";
import type { Kernel } from "../contracts/index.js";
import { constant } from "../ops/constant.js";
import { defineOp } from "./op.js";

/** One of two tensors of one shape, decided on the device: inputs ok [] (1 or 0), yes and no; gives yes where ok is 1. */
export const choose = defineOp<object>({
  name: "choose",
  reference: ([ok, yes, no]) => [where(greater(ok!, constant(0)), yes!, no!)],
});

/** For backends whose numbers the host can read at no cost: hands one of them on, without a copy. */
export const chooseKernel: Kernel<object> = {
  op: "choose",
  forward: ([ok, yes, no]) => ({ outputs: [(ok!.dataSync()[0]! > 0 ? yes! : no!).clone()], saved: [] }),
};

/** `choose` as it is called. */
export const chosen = (ok: Tensor, yes: Tensor, no: Tensor): Tensor => choose([ok, yes, no], {})[0]!;
