/** Why a verifier refused, in any runtime. The subpath `countersign/refusals`; Node has `createRefusalDiagnoser` in `countersign/server`. */
export { diagnoseRefusal, type RefusalDiagnosisOptions, type RefusalToDiagnose, refusalDiagnosisSteps } from './refusal-diagnosis.js'
export type { RefusalDiagnoser, Undiagnosed } from './refusal-queue.js'
export {
  createStepwiseDiagnoser,
  type DiagnosisListener,
  type DiagnosisRules,
  type RefusalDiagnoserOptions,
  type StepwiseDiagnoserOptions,
} from './stepwise-diagnoser.js'
