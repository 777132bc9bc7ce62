import { cpu } from "@flows/backend-cpu";
import { wasm } from "@flows/backend-wasm";
import { affineTransformer, alternatingMask, bijectors, coupling, mlp } from "@flows/bijectors";
import { chain, createRegistry, fit, flow, load, moveTo, normal, save, score, summary, useBackend } from "@flows/core";
import { programEngine, withReference } from "@flows/core/author";
import { mean, tensor2d, tidy, variableGrads } from "@tensorflow/tfjs-core";
import { acme, center, sinhArcsinh } from "acme-flows";
import { holds as hold, ring } from "./ring.mjs";

/** A third party's kernel in WebAssembly runs between ours in one program, with the numbers of the CPU's program and of composites. */
const holds = (what, condition) => hold(`third-party kernel: ${what}`, condition);
const plugins = [acme];
const ops = acme.ops.map(({ op }) => op.spec.op);

const moving = (turn) =>
  coupling({
    mask: alternatingMask(2, turn),
    conditioner: mlp({ features: 1, hidden: [16], outputs: 2, activation: "tanh" }),
    transformer: affineTransformer({}),
  });

/** The rows' log-densities, and the gradients of their mean. */
const numbersOf = (model) =>
  tidy(() => {
    const x = tensor2d(ring);
    const { grads } = variableGrads(() => mean(model.logProb(x)));
    return [model.logProb(x), ...Object.values(grads)].flatMap((tensor) => [...tensor.dataSync()]);
  });

const distance = (some, others) => Math.max(...some.map((value, i) => Math.abs(value - others[i]) / (1 + Math.abs(others[i]))));

/** The ops of every program that the backend runs from now on. */
function watched() {
  const engine = programEngine();
  const { run } = engine;
  const programs = [];
  engine.run = (program, ...others) => {
    programs.push(program.steps.map(({ spec }) => spec.op).join(" "));
    return run(program, ...others);
  };
  return programs;
}

async function onThreads(threads, model, onCpu, composite) {
  const backend = wasm({ plugins, threads });
  const handle = await useBackend(backend);
  await moveTo(model, backend);
  holds(
    `threads ${threads}: programs may use ${ops}`,
    ops.every((op) => programEngine().ops.has(op)),
  );
  numbersOf(model);
  // The first job starts the workers; they take part in the next ones.
  await new Promise((done) => setTimeout(done, 300));
  const programs = watched();
  const got = numbersOf(model);
  const [one] = programs;
  holds(
    `threads ${threads}: one program is "${one}"`,
    one.includes("acme.warp") && one.includes("acme.units") && programs.length === 2 && programs[1] === one,
  );
  const [program, reference] = [distance(got, onCpu), distance(got, composite)];
  const found = `${program.toExponential(1)} from the CPU's program, ${reference.toExponential(1)} from composites`;
  holds(`threads ${threads}: values and gradients are ${found}`, program < 1e-5 && reference < 1e-5);
  handle.dispose();
}

const cpuHandle = await useBackend(cpu({ plugins }));
const model = flow({
  base: normal({ features: 2 }),
  bijector: chain([moving(0), sinhArcsinh({ features: 2 }), center({ units: [0.5, 2] }), moving(1)]),
});
await fit(model, ring, { seed: 1, epochs: 5, learningRate: 1e-2 });
holds("the flow lowers to one program", summary(model).programs.inverse.lowers);
const [onCpu, composite] = [numbersOf(model), withReference(() => numbersOf(model))];
cpuHandle.dispose();
for (const threads of [1, 2]) await onThreads(threads, model, onCpu, composite);

const backend = wasm({ plugins, threads: 2 });
const handle = await useBackend(backend);
await moveTo(model, backend);
const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const before = meanOf(await score(model, ring));
await fit(model, ring, { seed: 2, epochs: 20, learningRate: 1e-2 });
const scores = await score(model, ring);
holds(`training lifts the log-density from ${before.toFixed(3)} to ${meanOf(scores).toFixed(3)}`, meanOf(scores) > before);
const { flow: again } = load(await save(model), createRegistry([bijectors, acme]));
const loaded = await score(again, ring);
holds(
  "a file gives the same densities",
  scores.every((value, i) => value === loaded[i]),
);
model.dispose();
again.dispose();
handle.dispose();
