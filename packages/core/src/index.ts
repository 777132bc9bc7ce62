export type { Tensor } from "@tensorflow/tfjs-core";
export { kernelFor, programEngine } from "./backend/session.js";
export { tensorOf } from "./backend/tensor-of.js";
export { useBackend } from "./backend/use-backend.js";
export { finiteList, finiteNumber, oneOf, sameShape, wholeNumber } from "./checks.js";
export type * from "./contracts/index.js";
export type {
  AnyKernel,
  Backend,
  BackendHandle,
  Binary,
  CompiledRows,
  Constants,
  Floats,
  Frame,
  Init,
  Kernel,
  KernelContext,
  LoadedBackend,
  ParamSpec,
  Place,
  Places,
  Program,
  ProgramBuilder,
  ProgramEngine,
  ProgramGradient,
  ProgramRun,
  Register,
  Role,
  RowCase,
  RowKernel,
  RowOpSpec,
  Specs,
  Step,
  View,
  Word,
} from "./contracts/index.js";
export { type Flow, type FlowConfig, flow } from "./distributions/flow.js";
export { normal, normalDensity } from "./distributions/normal.js";
export { uniform } from "./distributions/uniform.js";
export { type ErrorCode, type FailOptions, FlowsError, fail, isFlowsError } from "./errors.js";
export { load, loadModule, type ModelFile, type SaveOptions, save } from "./files/model.js";
export { type Column, checkTable, type Table, type TableRows, tableForward, tableInverse } from "./files/table.js";
export { registerGradients } from "./gradients/index.js";
export type { Batch, BatchLike, Data, Source } from "./host/batch.js";
export { breathe } from "./host/breathe.js";
export { type ChunkOptions, checkSignal, inChunks } from "./host/chunks.js";
export { condition } from "./host/condition.js";
export { type Drawn, type DrawOptions, draw } from "./host/draw.js";
export { gradLogProb } from "./host/grad-log-prob.js";
export { nll } from "./host/nll.js";
export { asRows, type Rows, type RowsLike, rowsTensor, select } from "./host/rows.js";
export { type ScoreOptions, score } from "./host/score.js";
export { start } from "./host/start.js";
export { type LayerSummary, type ProgramSummary, type StretchSummary, type Summary, summary } from "./host/summary.js";
export { chooseKernel } from "./kernels/choose.js";
export { numbersOf, onTape } from "./kernels/on-tape.js";
export { oneKernelEach } from "./kernels/one-kernel-each.js";
export { defineOp, type Op, type OpSpec, withReference } from "./kernels/op.js";
export { defineRowOp, type RowCall, type RowExamples, type RowOp, type RowReference } from "./kernels/row-op.js";
export { detached } from "./kernels/tape.js";
export { chain } from "./maps/chain.js";
export { invert } from "./maps/invert.js";
export { type Monotone, monotoneRoot } from "./maps/monotone-root.js";
export { drop, settle } from "./modules/call.js";
export { type BijectorParts, defineBijector } from "./modules/define-bijector.js";
export { type ConditionerParts, defineConditioner } from "./modules/define-conditioner.js";
export { type DistributionParts, defineDistribution } from "./modules/define-distribution.js";
export { defineTransformer, type TransformerParts } from "./modules/define-transformer.js";
export type { Factory, Formula, Lower } from "./modules/factory.js";
export { isModule, walk } from "./modules/inside.js";
export { type Json, toJSON } from "./modules/json.js";
export { type Leaf, leaves, parameterCount, reseed, settled } from "./modules/leaves.js";
export { moveTo } from "./modules/move-to.js";
export { bias, scale, sizeOf, state, weight } from "./modules/params.js";
export { unpackKernel } from "./modules/unpack.js";
export { type AdamOptions, adam, adamOptions, type Optimizer } from "./optim/adam.js";
export { adamKernel } from "./optim/adam-kernel.js";
export { type AdamAttrs, adamOp } from "./optim/adam-op.js";
export { type NllStepOptions, nllStep } from "./optim/nll-step.js";
export { step } from "./optim/step.js";
export { checkOptions, type Option, type OptionsOf } from "./options.js";
export { densityGradient } from "./programs/density-gradient.js";
export { floatsPerRow, programFor } from "./programs/inspect.js";
export { lossGradient, type Pulled } from "./programs/loss-gradient.js";
export * from "./random/index.js";
export type { NoiseAttrs } from "./random/noise.js";
export { type AnyFactory, createRegistry, type Plugin, type Registry } from "./registry.js";
export * from "./row-ops/index.js";
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
