import { existsSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { flows, folder } from "../testing/run.js";

const { at, remove } = folder();
afterAll(remove);

const call = ["fit", "toy:two-moons?n=400", "--layers", "2", "--hidden", "8", "--steps", "120", "--backend", "cpu", "--json"];

it("an interrupted fit exits with 130, keeps its checkpoint, writes nothing else, and is resumed to the same numbers", async () => {
  const kept = ["--checkpoint", at("checkpoint"), "--checkpoint-every", "1000"];
  const interrupted = await flows([...call, ...kept, "--out", at("model"), "--history", at("history")], (text) => {
    if (text.startsWith("50/120")) process.emit("SIGINT");
  });
  expect(interrupted.code).toBe(130);
  expect(interrupted.error).toMatch(/Stopped after step \d+. .*--resume .*checkpoint goes on[\s\S]*flows: interrupted.\n$/);
  expect([existsSync(at("checkpoint")), existsSync(at("model")), existsSync(at("history"))]).toEqual([true, false, false]);
  const resumed = await flows([...call, "--resume", at("checkpoint"), "--out", at("model")]);
  expect(resumed.code).toBe(0);
  const whole = await flows(call);
  for (const key of ["trainNll", "validationNll", "testNll", "natsAboveFloor"]) expect(resumed.json[key]).toBe(whole.json[key]);
});

it("another fit is not resumed from it", async () => {
  const { code, error } = await flows([...call, "--quiet", "--seed", "8", "--resume", at("checkpoint")]);
  expect(code).toBe(1);
  expect(error.trimEnd().split("\n")).toHaveLength(1);
  expect(error).toMatch(/resumed with the options it was started with, but seed was 0 and is 8/);
});
