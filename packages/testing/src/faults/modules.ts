import { type Bijector, chain, type Plugin } from "@flows/core";
import { bias, defineBijector, detached, scale } from "@flows/core/author";
import { add, constant, exp, log, mean, mul, neg, onesLike, sub, sum, type Tensor, zeros } from "@flows/core/ops";
import { keep } from "@tensorflow/tfjs-core";

interface Config {
  readonly features: number;
}
type Numbers = Readonly<Record<"shift" | "logScale", Tensor>>;
const numbers = ({ features }: Config) => ({ shift: bias([features]), logScale: scale([features]) });
const push = (z: Tensor, p: Numbers): Tensor => add(mul(z, exp(p.logScale)), p.shift);
const pull = (x: Tensor, p: Numbers): Tensor => mul(sub(x, p.shift), exp(neg(p.logScale)));

/** The one without a fault. */
const correct = defineBijector({ type: "faulty/correct", options: ["features"] }, (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), sum(p.logScale)],
  inverse: (x, p) => [pull(x, p), neg(sum(p.logScale))],
}));
const wrongSign = defineBijector({ type: "faulty/wrong-sign", options: ["features"] }, (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), neg(sum(p.logScale))],
  inverse: (x, p) => [pull(x, p), sum(p.logScale)],
}));
const wrongConstant = defineBijector({ type: "faulty/wrong-constant", options: ["features"] }, (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), add(sum(p.logScale), constant(0.1))],
  inverse: (x, p) => [pull(x, p), sub(constant(-0.1), sum(p.logScale))],
}));
const noLogDet = defineBijector({ type: "faulty/no-log-det", options: ["features"] }, (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), zeros([])],
  inverse: (x, p) => [pull(x, p), zeros([])],
}));
const missingGradient = defineBijector({ type: "faulty/missing-gradient", options: ["features"] }, (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), sum(p.logScale)],
  inverse: (x, p) => [pull(x, { ...p, shift: detached(() => mul(p.shift, onesLike(p.shift))) }), neg(sum(p.logScale))],
}));
const halfGradient = defineBijector({ type: "faulty/half-gradient", options: ["features"] }, (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), sum(p.logScale)],
  inverse: (x, p) => [pull(x, p), neg(detached(() => sum(p.logScale)))],
}));
const leaking = defineBijector({ type: "faulty/leaking", options: ["features"] }, (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, { ...p, logScale: keep(mul(p.logScale, onesLike(p.logScale))) }), sum(p.logScale)],
  inverse: (x, p) => [pull(x, p), neg(sum(p.logScale))],
}));
const mingling = defineBijector({ type: "faulty/mingling", options: ["features"] }, (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), add(sum(p.logScale), mul(zeros([]), mean(z)))],
  inverse: (x, p) => [pull(x, p), sub(mul(zeros([]), mean(x)), sum(p.logScale))],
}));
const overflowing = defineBijector({ type: "faulty/overflowing", options: ["features"] }, (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(log(exp(z)), p), sum(p.logScale)],
  inverse: (x, p) => [pull(x, p), neg(sum(p.logScale))],
}));
const deaf = defineBijector({ type: "faulty/deaf", options: ["features"] }, (config: Config) => ({
  event: [config.features],
  contextFeatures: 2,
  params: numbers(config),
  forward: (z, p) => [push(z, p), sum(p.logScale)],
  inverse: (x, p) => [pull(x, p), neg(sum(p.logScale))],
}));
let made = 0;
const restless = defineBijector({ type: "faulty/restless", options: ["features"] }, (config: Config) => {
  const offset = (made += 1);
  return {
    event: [config.features],
    params: numbers(config),
    forward: (z, p) => [add(push(z, p), constant(offset)), sum(p.logScale)],
    inverse: (x, p) => [pull(sub(x, constant(offset)), p), neg(sum(p.logScale))],
  };
});
const narrow = defineBijector({ type: "faulty/narrow", options: ["features"] }, (config: Config) => ({
  params: numbers(config),
  forwardShape: ([features]) => [features! + 1],
  inverseShape: ([features]) => [features! - 1],
  forward: (z, p) => [push(z, p), sum(p.logScale)],
  inverse: (x, p) => [pull(x, p), neg(sum(p.logScale))],
}));

const careless = defineBijector("faulty/careless", (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), sum(p.logScale)],
  inverse: (x, p) => [pull(x, p), neg(sum(p.logScale))],
}));

export const faulty: Plugin = {
  name: "faulty",
  spec: 1,
  modules: [
    correct,
    wrongSign,
    wrongConstant,
    noLogDet,
    missingGradient,
    halfGradient,
    leaking,
    mingling,
    overflowing,
    deaf,
    restless,
    narrow,
    careless,
  ],
};

/** A module that must not pass, and the laws that must say so. */
export interface Fault {
  readonly name: string;
  readonly make: () => Bijector;
  readonly unlowered: string;
  readonly context?: number;
  readonly caughtBy: readonly string[];
}
const three = { features: 3 };
const fault = (name: string, factory: typeof correct, caughtBy: readonly string[], more: Partial<Fault> = {}): Fault => ({
  name,
  make: () => factory(three),
  unlowered: factory.type,
  caughtBy,
  ...more,
});
const bothJacobians = ["the log-det of forward is its Jacobian's", "the log-det of inverse is its Jacobian's"];

export const sound: Fault = fault("the one without a fault", correct, []);
export const faults: readonly Fault[] = [
  fault("a wrong sign in both directions", wrongSign, bothJacobians),
  fault("a log-det wrong by a constant inside a chain", wrongConstant, bothJacobians, {
    make: () => chain([correct(three), wrongConstant(three), correct(three)]),
    unlowered: correct.type,
  }),
  fault("a log-det that is always 0", noLogDet, ["the log-det is not 0 everywhere"]),
  fault("a missing gradient of one view", missingGradient, ["every named view has a gradient", "gradients are slopes"]),
  fault("a gradient that lacks one of two terms", halfGradient, ["gradients are slopes"]),
  fault("options that are not listed", careless, ["an option that there is none is refused"]),
  fault("a leak", leaking, ["a call leaves what it returns", "a gradient leaves nothing"]),
  fault("rows that see each other", mingling, ["a row that is not finite poisons no other row"]),
  fault("an overflow far out", overflowing, ["finite at the domain's edges and at scale 1e3"]),
  fault("a context nobody reads", deaf, ["the context is used"], { context: 2 }),
  fault("structure that is not in the config", restless, ["it survives a file, bit by bit"]),
  fault("a shape that is not as told", narrow, ["shapes are as told"]),
];
