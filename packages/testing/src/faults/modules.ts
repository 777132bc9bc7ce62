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
const correct = defineBijector("faulty/correct", (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), sum(p.logScale)],
  inverse: (x, p) => [pull(x, p), neg(sum(p.logScale))],
}));
const wrongSign = defineBijector("faulty/wrong-sign", (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), neg(sum(p.logScale))],
  inverse: (x, p) => [pull(x, p), sum(p.logScale)],
}));
const wrongConstant = defineBijector("faulty/wrong-constant", (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), add(sum(p.logScale), constant(0.1))],
  inverse: (x, p) => [pull(x, p), sub(constant(-0.1), sum(p.logScale))],
}));
const noLogDet = defineBijector("faulty/no-log-det", (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), zeros([])],
  inverse: (x, p) => [pull(x, p), zeros([])],
}));
const missingGradient = defineBijector("faulty/missing-gradient", (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), sum(p.logScale)],
  inverse: (x, p) => [pull(x, { ...p, shift: detached(() => mul(p.shift, onesLike(p.shift))) }), neg(sum(p.logScale))],
}));
const halfGradient = defineBijector("faulty/half-gradient", (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), sum(p.logScale)],
  inverse: (x, p) => [pull(x, p), neg(detached(() => sum(p.logScale)))],
}));
const leaking = defineBijector("faulty/leaking", (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, { ...p, logScale: keep(mul(p.logScale, onesLike(p.logScale))) }), sum(p.logScale)],
  inverse: (x, p) => [pull(x, p), neg(sum(p.logScale))],
}));
const mingling = defineBijector("faulty/mingling", (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(z, p), add(sum(p.logScale), mul(zeros([]), mean(z)))],
  inverse: (x, p) => [pull(x, p), sub(mul(zeros([]), mean(x)), sum(p.logScale))],
}));
const overflowing = defineBijector("faulty/overflowing", (config: Config) => ({
  event: [config.features],
  params: numbers(config),
  forward: (z, p) => [push(log(exp(z)), p), sum(p.logScale)],
  inverse: (x, p) => [pull(x, p), neg(sum(p.logScale))],
}));
const deaf = defineBijector("faulty/deaf", (config: Config) => ({
  event: [config.features],
  contextFeatures: 2,
  params: numbers(config),
  forward: (z, p) => [push(z, p), sum(p.logScale)],
  inverse: (x, p) => [pull(x, p), neg(sum(p.logScale))],
}));
let made = 0;
const restless = defineBijector("faulty/restless", (config: Config) => {
  const offset = (made += 1);
  return {
    event: [config.features],
    params: numbers(config),
    forward: (z, p) => [add(push(z, p), constant(offset)), sum(p.logScale)],
    inverse: (x, p) => [pull(sub(x, constant(offset)), p), neg(sum(p.logScale))],
  };
});
const narrow = defineBijector("faulty/narrow", (config: Config) => ({
  params: numbers(config),
  forwardShape: ([features]) => [features! + 1],
  inverseShape: ([features]) => [features! - 1],
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
  fault("a leak", leaking, ["a call leaves what it returns", "a gradient leaves nothing"]),
  fault("rows that see each other", mingling, ["a row that is not finite poisons no other row"]),
  fault("an overflow far out", overflowing, ["finite at the domain's edges and at scale 1e3"]),
  fault("a context nobody reads", deaf, ["the context is used"], { context: 2 }),
  fault("structure that is not in the config", restless, ["it survives a file, bit by bit"]),
  fault("a shape that is not as told", narrow, ["shapes are as told"]),
];
