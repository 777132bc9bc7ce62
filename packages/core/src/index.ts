/** What a user of models needs: build, train, score, draw, save. Authors of maps, kernels and backends find theirs in `@flows/core/author`. */

export type { Tensor } from "@tensorflow/tfjs-core";
export { useBackend } from "./backend/use-backend.js";
export type {
  Backend,
  BackendHandle,
  Bijector,
  Conditioner,
  Distribution,
  Module,
  SampleOptions,
  Shape,
  Transformer,
} from "./contracts/index.js";
export { type Flow, type FlowConfig, flow } from "./distributions/flow.js";
export { normal } from "./distributions/normal.js";
export { uniform } from "./distributions/uniform.js";
export { type ErrorCode, FlowsError, isFlowsError } from "./errors.js";
export { load, loadModule, type ModelFile, type SaveOptions, save } from "./files/model.js";
export type { Column, Table } from "./files/table.js";
export type { Batch, BatchLike, Data, Source } from "./host/batch.js";
export { condition } from "./host/condition.js";
export { type Drawn, type DrawOptions, draw } from "./host/draw.js";
export { gradLogProb } from "./host/grad-log-prob.js";
export { initialise } from "./host/initialise.js";
export { latents, type Stage, stages } from "./host/latents.js";
export { nll } from "./host/nll.js";
export type { ProgramSummary, StretchSummary } from "./host/programs.js";
export { type Pushed, push } from "./host/push.js";
export type { Rows, RowsLike } from "./host/rows.js";
export { type ScoreOptions, score } from "./host/score.js";
export { type LayerSummary, type Summary, summary } from "./host/summary.js";
export { chain } from "./maps/chain.js";
export { invert } from "./maps/invert.js";
export { type Leaf, leaves, parameterCount, reseed } from "./modules/leaves.js";
export { moveTo } from "./modules/move-to.js";
export { type AdamOptions, adam, adamOptions, type Optimizer } from "./optim/adam.js";
export { type NllStepOptions, nllStep } from "./optim/nll-step.js";
export { step } from "./optim/step.js";
export type { Option, OptionsOf } from "./options.js";
export { lossGradient, type Pulled } from "./programs/loss-gradient.js";
export { type AnyFactory, createRegistry, type Plugin, type Registry } from "./registry.js";
export type { Averaging } from "./training/averaging.js";
export { type Batches, miniBatches, type Portion } from "./training/batches.js";
export { fit } from "./training/fit.js";
export type { History, Stopped, TrainHistory } from "./training/history.js";
export {
  type Checkpoint,
  type FitOptions,
  fitOptions,
  type Progress,
  type StepReport,
  type TrainReport,
  trainOptions,
} from "./training/options.js";
export type { Pull, PullStep, TrainFunctions } from "./training/run.js";
export type { Schedule } from "./training/schedule.js";
export { type TrainOptions, train } from "./training/train.js";
